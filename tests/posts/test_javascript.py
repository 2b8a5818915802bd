import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.javascript import objects_after, texts_after


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (
            'export default { a: \'x\', "b": [1, true, null, `t`], c: { d: "e" } };',
            {"a": "x", "b": [1, True, None, "t"], "c": {"d": "e"}},
        ),
        ("// export default { no: 1 }\nexport default { /* , */ a: 1, }", {"a": 1}),
        ("export default { a: 'x' + y, b: f(1, { c: 2 }), d: `${z}`, e: 2 }", {"e": 2}),
        (
            "export default { ...rest, m() { return {n: 1}; }, async *g() {}, a, get b() { return 1 }, c: 3}",
            {"c": 3},
        ),
        ("export default { a: () => ({ b: 1 }), c: function () { return [1, 2]; }, d: /[,}]/, e: 4 }", {}),
        ("export default { a: 'it\\'s \\u00e9\\u{1F389}\\x41\\n' }", {"a": "it's é🎉A\n"}),
        ("export default { a: 12345678901234567890, b: 1.5, c: 0x10 }", {}),
        ("export default { a: [f(), 'x', ...more] }", {"a": ["x"]}),
    ],
)
def test_literals_are_read_and_code_is_passed_over(source, found):
    assert next(objects_after(source, "export default")).items() >= found.items()


def test_code_is_no_literal():
    source = "export default { a: process.exit(), b: require('fs'), c: x ? 'y' : 'z', d: new Date() }"

    assert next(objects_after(source, "export default")) == {}


def test_an_object_is_found_by_what_stands_before_it():
    source = "module.exports = function (c) { return { dir: { input: 'src' } } }"

    assert list(objects_after(source, "dir :")) == [{"input": "src"}]
    assert list(objects_after(source, "module . exports =")) == []


def test_a_text_counts_when_nothing_is_added_to_it():
    source = "a.set('x'); a.set('y' + z); a.set(`w`);"

    assert list(texts_after(source, "set (")) == ["x", "w"]


@given(st.text(alphabet="{}[]():,'\"`\\/*.= ab1\n$"))
def test_any_text_ends(source):
    list(objects_after(f"export default {{{source}", "export default", "a :"))
    list(texts_after(source, "a :", "a ="))


@pytest.mark.parametrize(
    "piece",
    ["{", "[", "(", "a:{", "a:[", "a:{a(", "/*", '"', "`", "'", "a:", "export default {", "...", "\\"],
)
def test_a_hostile_file_takes_no_time(piece):
    started = time.process_time()

    list(objects_after("export default {" + piece * 20_000, "export default", "a :"))

    assert time.process_time() - started < 5
