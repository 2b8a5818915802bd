"""comrak's HTML where kramdown's differs: footnotes, heads of tables that are empty, several terms."""

import re

_FOOTNOTES = re.compile(r'<section class="footnotes" data-footnotes>')
_FOOTNOTE_MARK = re.compile(r'<sup class="footnote-ref"><a href="#fn-([^"]*)" id="fnref-([^"]*)"')
_FOOTNOTE_ADDRESS = re.compile(r'((?:href="#|id=")fn(?:ref)?)-')
_EMPTY_HEAD = re.compile(r"<thead>\n<tr>\n(?:<th(?: align=\"[a-z]+\")?></th>\n)+</tr>\n</thead>\n")
_TERM = re.compile(r"<dt>((?:(?!<dt>|</dt>).)*)</dt>", re.DOTALL)


def finished(html: str) -> str:
    """Give ``html`` as kramdown has it, where a reader or a link would notice."""
    if "data-footnotes" in html:
        html = _FOOTNOTES.sub("<div>", html, count=1)
        html = _FOOTNOTE_MARK.sub(r'<sup id="fnref:\2"><a href="#fn:\1"', html)
        before, _, after = html.rpartition("</section>")
        html = _FOOTNOTE_ADDRESS.sub(r"\1:", f"{before}</div>{after}")
    if "<thead>" in html:
        html = _EMPTY_HEAD.sub("", html)
    if "<dt>" in html:
        html = _TERM.sub(lambda term: "\n".join(f"<dt>{each}</dt>" for each in term[1].split("\n")), html)
    return html
