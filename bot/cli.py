"""The command line: each verb prints plain sentences and returns an exit status."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.ladder.importers.merging import Choices
from bot.ladder.verbs import verbs
from bot.logs import set_up_logging, where
from bot.own_data.files import FORMATS
from bot.settings import JSON_LINES, Refusal, Settings, SettingsError, load_settings
from bot.slack.manifest import FEATURES, as_yaml, for_http, read_manifest, with_features

if TYPE_CHECKING:
    from bot.own_data.model import Request, What
    from bot.slack.member import Member
    from bot.wiring import Rung

Verb = Callable[[argparse.Namespace], int]

UNEXPECTED = (
    "Something went wrong that Rung did not expect. If it stays, please report it with these lines,"
    " which hold nobody's words"
)
KEYS = {
    "status": "say which key opens how many texts",
    "rotate": "make a new key and seal every text anew with it, also beside a bot that runs;"
    " when interrupted, run it again",
    "drop": "take keys that open nothing in the database any more out of the key file;"
    " older backups still need them",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb; 0 only when it did what was asked."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    set_up_logging()
    verb: Verb = options.verb
    try:
        return verb(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return 1
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except Exception as error:
        print(f"{UNEXPECTED} ({type(error).__name__}):\n{where(error)}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Rung: growth conversations in Slack."
    )
    verbs_ = parser.add_subparsers(title="verbs", required=True, metavar="VERB")
    _add(verbs_, "run", run, "join the workspace and serve until stopped")
    tick_ = _add(verbs_, "tick", tick, "plan and send what is due, once, then exit")
    tick_.add_argument(
        "--now", type=_instant, metavar="ISO-8601", help="the instant to act at; default: now"
    )
    _add_ladder(verbs_)
    people = verbs_.add_parser("people", help="place people on the ladder")
    people_verbs = people.add_subparsers(title="verbs", required=True, metavar="VERB")
    import_ = _add(people_verbs, "import", people_import, "place everybody of a CSV file at once")
    import_.add_argument("file", type=Path, help="CSV with slack_user,track,level,manager")
    keys_ = verbs_.add_parser("keys", help="change the encryption key, see which keys are in use")
    keys_verbs = keys_.add_subparsers(title="verbs", required=True, metavar="VERB")
    for name, text in KEYS.items():
        _add(keys_verbs, name, keys, text).set_defaults(name=name)
    _add_own_data(verbs_)
    _add(verbs_, "doctor", doctor, "look at everything that can be wrong, and say what to do")
    manifest_ = _add(verbs_, "manifest", manifest, "print the Slack app manifest")
    manifest_.add_argument("--url", help="for HTTP instead of Socket Mode: the bot's https address")
    manifest_.add_argument(
        "--with", action="append", default=[], dest="features", metavar="FEATURE",
        help=f"with what an optional feature needs: {', '.join(FEATURES)}; may be given several"
        " times",
    )  # fmt: skip
    return parser


def _add_own_data(verbs_: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "write everything that is kept about a person into files, on request; it is recorded"
    export_ = _add(verbs_, "export", export, text)
    export_.add_argument("--into", type=Path, metavar="DIR", help="the folder for the files")
    export_.add_argument(
        "--format", action="append", choices=FORMATS, dest="formats",
        help="only this one; may be given several times; default: all",
    )  # fmt: skip
    export_.add_argument(
        "--readings", action="store_true",
        help="instead of files: print who read what the person shared, and when",
    )  # fmt: skip
    export_.add_argument(
        "--requests", action="store_true", help="print what people admins asked for in Slack"
    )
    erase_ = _add(verbs_, "erase", erase, "remove everything that is kept about a person, for good")
    erase_.add_argument("--yes", action="store_true", help="erase without a question, for scripts")
    for each in (export_, erase_):
        each.add_argument("user", nargs="?", metavar="USER", help="a Slack user id, as U024BE7LH")
        each.add_argument(
            "--because", type=_some_text, metavar="TEXT", help="who asked for it, and why"
        )
        each.add_argument("--request", metavar="ID", help="do what a people admin asked for")


def _some_text(text: str) -> str:
    if not text.strip():
        raise argparse.ArgumentTypeError("say who asked for it, and why")
    return text.strip()


def _add_ladder(verbs_: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    ladder = verbs_.add_parser("ladder", help="check, show or import a career ladder")
    inner = ladder.add_subparsers(title="verbs", required=True, metavar="VERB")
    check = _add(inner, "check", ladder_check, "name every problem of a ladder, by file and line")
    _add_check_options(check)
    show = _add(inner, "show", ladder_show, "print a ladder as it is read")
    show.add_argument("--json", action="store_true", help="in the documented machine-readable form")
    for each in (check, show):
        each.add_argument("--dir", type=Path, help="the ladder's directory; default: LADDER_DIR")
    _add_import(inner)


def _add_import(inner: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    text = "bring in a career ladder that you have: a page, a folder of pages or a table"
    import_ = _add(inner, "import", ladder_import, text)
    import_.add_argument(
        "source", type=Path, metavar="SOURCE",
        help="a level page in Markdown, a folder of such pages, or a table saved as CSV",
    )  # fmt: skip
    import_.add_argument(
        "--into", type=Path, required=True, metavar="DIR",
        help="the ladder's directory; it is made if it is not there",
    )  # fmt: skip
    import_.add_argument(
        "--dry-run", action="store_true",
        help="show the report and what would change, and write nothing",
    )  # fmt: skip
    import_.add_argument(
        "--track", metavar="ID",
        help="the track that this belongs to, as in platform-engineer; needed for a single page,"
        " otherwise taken from the names of folders and files",
    )  # fmt: skip
    import_.add_argument("--track-name", metavar="NAME", help="the track's name as people see it")
    import_.add_argument(
        "--reworded", choices=("keep", "new"), default="keep",
        help="a statement in other words keeps its id (keep), so that what people logged stays"
        " with it, or gets a new one that takes over from the old (new); default: keep",
    )  # fmt: skip
    import_.add_argument(
        "--same", action="append", default=[], type=_same_names, metavar="OLD=NEW",
        help="two names for one competency, as in --same \"Coaching=Teaching and coaching\";"
        " may be given several times",
    )  # fmt: skip


def _same_names(text: str) -> tuple[str, str]:
    old, equals, new = (part.strip() for part in text.partition("="))
    if not (old and equals and new):
        raise argparse.ArgumentTypeError(
            f'{text} does not name two competencies; write it like "Old name=New name"'
        )
    return old, new


def _add_check_options(check: argparse.ArgumentParser) -> None:
    check.add_argument("--strict", action="store_true", help="let a warning fail, as for CI")
    check.add_argument(
        "--fix", action="store_true", help="mend what is safe: ids, spaces, damaged letters"
    )
    check.add_argument(
        "--against", type=Path, metavar="DIR", help="an older copy, whose ids must not vanish"
    )
    check.add_argument(
        "--format", choices=("plain", "github"), default="plain", help="how problems are printed"
    )


def _add(
    verbs_: argparse._SubParsersAction[argparse.ArgumentParser], name: str, verb: Verb, text: str
) -> argparse.ArgumentParser:
    parser = verbs_.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(verb=verb)
    return parser


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text} is not a date and time; write it like 2026-12-03T11:40:00+01:00"
        ) from None
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no time zone; add +01:00, or Z for UTC")
    if not 1970 < moment.year < 9000:
        raise argparse.ArgumentTypeError(f"{text} is too far away")
    return moment


def run(_options: argparse.Namespace) -> int:
    """Checks everything that can be wrong, one sentence each, and serves."""
    from bot.slack.server import port_problem, serve
    from bot.wiring import assemble

    settings = _slack_settings(_settings(), to_serve=True)
    if problem := port_problem(settings.host, settings.port):
        print(problem, file=sys.stderr)
        return 1
    assemble(settings).preflight()
    mode = "Socket Mode" if settings.socket_mode else "HTTP"
    print(f"Rung serves in {mode}; health is at port {settings.port}, /healthz.", file=sys.stderr)
    serve("bot.wiring:http_entrance", settings.host, settings.port)
    return 0


def tick(options: argparse.Namespace) -> int:
    """One heartbeat, at the instant given or now."""
    from bot.wiring import assemble

    settings = _slack_settings(_settings())
    rung = assemble(settings)
    sent = rung.tick(options.now or rung.now())
    print(f"{sent} sent.")
    return 0


def people_import(options: argparse.Namespace) -> int:
    """Places everybody of the file, or nobody when a line is bad."""
    from bot.people.roster import read_roster
    from bot.slack.client import refusals_told
    from bot.wiring import assemble

    rung = assemble(_slack_settings(_settings()))
    with refusals_told():
        rows, problems = read_roster(options.file, rung.ladder, rung.profiles)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        print("Nobody was placed. Mend this, and import again.", file=sys.stderr)
        return 1
    number = rung.people.place_many(rung.identity.team_id, rows, rung.now())
    print(f"{number} placed. Nobody is greeted: their first nudge introduces Rung.")
    return 0


def export(options: argparse.Namespace) -> int:
    """Files about a person, who read their pages, or the list of what was asked for."""
    from bot.own_data import verbs as own
    from bot.own_data.model import What

    rung = _assembled()
    team_id, now = rung.identity.team_id, rung.now()
    if options.requests:
        own.print_requests(rung.own_data, team_id, sys.stdout)
        return 0
    if not (options.into or options.readings):
        raise Refusal("Say where the files go: --into DIR.")
    what = What.READINGS if options.readings else What.EXPORT
    about, begin = _request(options, rung, what)
    if what is What.READINGS:
        own.print_readings(rung.own_data, begin(), now, sys.stdout)
        return 0
    own.refuse_to_overwrite(options.into, about, now)
    formats = options.formats or FORMATS
    own.export(rung.own_data, begin(), options.into, formats, now, sys.stdout)
    return 0


def erase(options: argparse.Namespace) -> int:
    """Everything about a person goes, after a question."""
    from bot.own_data import verbs as own
    from bot.own_data.model import What

    rung = _assembled()
    about, begin = _request(options, rung, What.ERASE)
    own.about_to_erase(rung.own_data, about, rung.now(), sys.stdout)
    if not options.yes:
        own.confirm(about, input if sys.stdin.isatty() else None)
    own.erase(rung.own_data, begin(), rung.now(), sys.stdout)
    return 0


def _request(
    options: argparse.Namespace, rung: Rung, what: What
) -> tuple[Member, Callable[[], Request]]:
    """About whom, and how to begin: by a request that is open, or by one that is recorded now."""
    from bot.own_data import verbs as own

    team_id = rung.identity.team_id
    if options.request:
        found = own.the_request(rung.own_data, team_id, options.request, what)
        return found.about, lambda: found
    if not (options.user and options.because):
        raise Refusal('Say who, and why: USER --because "who asked, and why"; or --request ID.')
    about = own.member_of(team_id, options.user)
    return about, lambda: own.begin(rung.own_data, about, what, options.because, rung.now())


def _assembled() -> Rung:
    from bot.wiring import assemble

    return assemble(_slack_settings(_settings()))


def ladder_check(options: argparse.Namespace) -> int:
    """Every problem of a ladder."""
    return verbs.check(
        _ladder_dir(options), sys.stdout, sys.stderr, strict=options.strict, mend=options.fix,
        against=options.against, github=options.format == "github",
    )  # fmt: skip


def ladder_show(options: argparse.Namespace) -> int:
    """A ladder as it is read."""
    machine = bool(options.json)
    return verbs.show(_ladder_dir(options), sys.stdout, sys.stderr, machine_readable=machine)


def ladder_import(options: argparse.Namespace) -> int:
    """A page, a folder of pages or a table into a ladder directory."""
    choices = Choices(reworded_keep=options.reworded == "keep", joined=tuple(options.same))
    return verbs.import_(
        options.source, options.into, options.track, options.track_name, sys.stdout, sys.stderr,
        dry_run=options.dry_run, choices=choices,
    )  # fmt: skip


def keys(options: argparse.Namespace) -> int:
    """What `keys status`, `keys rotate` and `keys drop` do."""
    import bot.wiring  # noqa: F401  every store makes its tables known
    from bot.storage import verbs as of_keys

    settings = _settings()
    verb = {"status": of_keys.status, "rotate": of_keys.rotate, "drop": of_keys.drop}[options.name]
    verb(settings.database_url, settings.keys, sys.stdout)
    return 0


def doctor(_options: argparse.Namespace) -> int:
    """Everything that can be wrong, each with its remedy."""
    from bot.doctor.doctor import examine

    return examine(_settings, sys.stdout)


def manifest(options: argparse.Namespace) -> int:
    """The manifest to paste into Slack."""
    made = with_features(read_manifest(), options.features)
    print(as_yaml(for_http(made, options.url) if options.url else made), end="")
    return 0


def _ladder_dir(options: argparse.Namespace) -> Path:
    chosen: Path | None = options.dir
    return chosen or _settings().ladder_dir


def _settings() -> Settings:
    """The environment, which from now on also decides how the log is written."""
    settings = load_settings()
    set_up_logging(as_json=settings.log == JSON_LINES)
    return settings


def _slack_settings(settings: Settings, *, to_serve: bool = False) -> Settings:
    """Raises SettingsError when Slack cannot be spoken to with these."""
    problems = settings.slack_problems(to_serve=to_serve)
    if problems:
        raise SettingsError(problems)
    return settings
