"""Runs the templates of one text, whatever is in it."""

from liquid.exceptions import LiquidError, ResourceLimitError
from liquid.output import LimitedStringIO

from syndicate.posts.sources.jekyll.liquid.environment import JekyllEnvironment
from syndicate.posts.sources.jekyll.liquid.limits import MAX_TEXT, Budget
from syndicate.posts.sources.jekyll.liquid.run import Context, Run, Template
from syndicate.posts.sources.jekyll.liquid.scope import Filled, Scope
from syndicate.posts.sources.jekyll.liquid.stripping import stripped

_WITHOUT = "the text is shown without its templates"
#: As Jekyll 4 says of itself.
_JEKYLL = {"environment": "production", "version": "4.3.1"}


class Engine:
    """Liquid, set up once."""

    def __init__(self) -> None:
        self._environment = JekyllEnvironment()

    def fill(self, source: str, scope: Scope) -> Filled:
        """Give ``source`` filled in, or stripped where that can't be done."""
        run = Run(scope=scope, budget=Budget(scope.clock), source=source)
        try:
            text = self._rendered(source, run)
        except LiquidError as error:
            _name(run, error)
            text = stripped(source)
        # A library's filters raise whatever Python raises on odd values; one post must not stop the others.
        except Exception as error:  # noqa: BLE001
            run.forget_troubles()
            run.name(None, f"its Liquid can't be run ({type(error).__name__}); {_WITHOUT}", "simplify it")
            text = stripped(source)
        return Filled(text=text, troubles=tuple(run.troubles))

    def _rendered(self, source: str, run: Run) -> str:
        template = Template(env=self._environment, nodes=self._environment.nodes(source, run))
        values = {"site": run.scope.site, "page": run.scope.page, "jekyll": _JEKYLL}
        buffer = LimitedStringIO(limit=MAX_TEXT)
        template.render_with_context(Context(template, values=values, run=run), buffer)
        return buffer.getvalue()


def _name(run: Run, error: LiquidError) -> None:
    run.forget_troubles()
    reason = str(error.args[0]) if error.args else type(error).__name__
    remedy = "simplify it" if isinstance(error, ResourceLimitError) else "correct it"
    run.name(error.token, f"its Liquid can't be run ({reason}); {_WITHOUT}", remedy)
