"""The limits of Block Kit and views as tables.

Sources: the block, element and composition-object reference of docs.slack.dev, and the coded
limits of slack_sdk 3.47 models. Sizes are characters.
"""

from __future__ import annotations

from collections.abc import Mapping

from .limits_checks import (
    Check,
    among,
    anything,
    array,
    at_least_one_of,
    boolean,
    by_type,
    exactly_one_of,
    initial_among_options,
    matching,
    number,
    shape,
    string,
)

TYPE: dict[str, Check] = {"type": anything}
ID = string(255)
LINK = string(3000)


def plain(most: int) -> Check:
    return shape({"type": among("plain_text"), "text": string(most)}, {"emoji": boolean})


def mrkdwn(most: int) -> Check:
    return shape({"type": among("mrkdwn"), "text": string(most)}, {"verbatim": boolean})


def any_text(most: int) -> Check:
    return by_type({"plain_text": plain(most), "mrkdwn": mrkdwn(most)})


CONFIRM = shape(
    {"title": plain(100), "text": any_text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": among("primary", "danger")},
)


def option(text: Check, **more: Check) -> Check:
    return shape({"text": text, "value": string(150)}, {"description": plain(75), **more})


PLAIN_OPTION = option(plain(75))
RICH_OPTION = shape({"text": any_text(75), "value": string(150)}, {"description": any_text(75)})
OPTION_GROUP = shape({"label": plain(75), "options": array(PLAIN_OPTION, 1, 100)}, {})

DISPATCH = shape(
    {},
    {"trigger_actions_on": array(among("on_enter_pressed", "on_character_entered"), 1, 2)},
)

COMMON: dict[str, Check] = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": boolean}
MENU: dict[str, Check] = {**COMMON, "placeholder": plain(150)}
TYPED: dict[str, Check] = {
    "action_id": ID,
    "focus_on_load": boolean,
    "placeholder": plain(150),
    "dispatch_action_config": DISPATCH,
    "initial_value": string(3000, least=0),
}
OPTIONS: dict[str, Check] = {
    "options": array(PLAIN_OPTION, 1, 100),
    "option_groups": array(OPTION_GROUP, 1, 100),
}
SEVERAL: dict[str, Check] = {"max_selected_items": number(1)}


def menu(**more: Check) -> Check:
    return shape(TYPE, {**MENU, **more})


def typed(**more: Check) -> Check:
    return shape(TYPE, {**TYPED, **more})


def static(**more: Check) -> Check:
    return initial_among_options(exactly_one_of(menu(**OPTIONS, **more), *OPTIONS))


def choices(**more: Check) -> Check:
    return initial_among_options(
        shape({**TYPE, "options": array(RICH_OPTION, 1, 10)}, {**COMMON, **more})
    )


SLACK_FILE: dict[str, Check] = {"id": matching(r"F[A-Z0-9]{8,}", "F0123456AB"), "url": LINK}
IMAGE_SOURCE: dict[str, Check] = {
    "image_url": LINK,
    "slack_file": exactly_one_of(shape({}, SLACK_FILE), *SLACK_FILE),
}
DATE = matching(r"\d{4}-\d{2}-\d{2}", "2026-11-30")
TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "11:30")

ELEMENTS: dict[str, Check] = {
    "button": shape(
        {**TYPE, "text": plain(75)},
        {
            "action_id": ID,
            "url": LINK,
            "value": string(2000, least=0),
            "style": among("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "static_select": static(initial_option=PLAIN_OPTION),
    "multi_static_select": static(initial_options=array(PLAIN_OPTION, 0, 100), **SEVERAL),
    "external_select": menu(initial_option=PLAIN_OPTION, min_query_length=number(0)),
    "multi_external_select": menu(
        initial_options=array(PLAIN_OPTION, 0, 100), min_query_length=number(0), **SEVERAL
    ),
    "users_select": menu(initial_user=ID),
    "multi_users_select": menu(initial_users=array(ID, 0, 100), **SEVERAL),
    "conversations_select": menu(
        initial_conversation=ID,
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
        filter=anything,
    ),
    "multi_conversations_select": menu(
        initial_conversations=array(ID, 0, 100),
        default_to_current_conversation=boolean,
        filter=anything,
        **SEVERAL,
    ),
    "channels_select": menu(initial_channel=ID, response_url_enabled=boolean),
    "multi_channels_select": menu(initial_channels=array(ID, 0, 100), **SEVERAL),
    "overflow": shape(
        {**TYPE, "options": array(option(plain(75), url=LINK), 1, 5)},
        {"action_id": ID, "confirm": CONFIRM},
    ),
    "datepicker": menu(initial_date=DATE),
    "timepicker": menu(initial_time=TIME, timezone=string(100)),
    "datetimepicker": shape(TYPE, {**COMMON, "initial_date_time": number(1_000_000_000)}),
    "checkboxes": choices(initial_options=array(RICH_OPTION, 0, 10)),
    "radio_buttons": choices(initial_option=RICH_OPTION),
    "plain_text_input": typed(
        multiline=boolean, min_length=number(0, 3000), max_length=number(1, 3000)
    ),
    "email_text_input": typed(),
    "url_text_input": typed(),
    "number_input": shape(
        {**TYPE, "is_decimal_allowed": boolean},
        {**TYPED, "min_value": string(100), "max_value": string(100)},
    ),
    "rich_text_input": shape(TYPE, {**TYPED, "initial_value": anything}),
    "file_input": shape(TYPE, {"action_id": ID, "filetypes": anything, "max_files": number(1, 10)}),
    "image": exactly_one_of(shape({**TYPE, "alt_text": string(2000)}, IMAGE_SOURCE), *IMAGE_SOURCE),
}

MULTI = tuple(name for name in ELEMENTS if name.startswith("multi_"))
IN_ACTIONS = (
    "button", "static_select", "external_select", "users_select", "conversations_select",
    "channels_select", "overflow", "datepicker", "timepicker", "datetimepicker", "checkboxes",
    "radio_buttons",
)  # fmt: skip
IN_SECTION = (*IN_ACTIONS, *MULTI, "image")
ONLY_IN_INPUT = (
    "plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input",
    "file_input",
)  # fmt: skip
IN_INPUT = (*(n for n in IN_ACTIONS if n not in ("button", "overflow")), *MULTI, *ONLY_IN_INPUT)


def one_of(*names: str) -> Check:
    return by_type({name: ELEMENTS[name] for name in names})


TEXT_PIECE = shape({**TYPE, "text": string(100_000)}, {"style": anything})
RICH_PIECES: Mapping[str, Check] = {
    "text": TEXT_PIECE,
    "link": shape({**TYPE, "url": LINK}, {"text": string(100_000), "style": anything,
                                          "unsafe": boolean}),
    "emoji": shape({**TYPE, "name": string(255)}, {"unicode": anything, "style": anything,
                                                   "skin_tone": anything}),
    "user": shape({**TYPE, "user_id": ID}, {"style": anything}),
    "channel": shape({**TYPE, "channel_id": ID}, {"style": anything}),
    "usergroup": shape({**TYPE, "usergroup_id": ID}, {"style": anything}),
    "broadcast": shape({**TYPE, "range": among("here", "channel", "everyone")},
                       {"style": anything}),
    "date": shape({**TYPE, "timestamp": number(0), "format": string(255)},
                  {"url": LINK, "fallback": string(1000), "style": anything}),
    "color": shape({**TYPE, "value": string(20)}, {}),
}  # fmt: skip
PIECES = array(by_type(RICH_PIECES), 0, 1000)
RICH_SECTION = shape({**TYPE, "elements": PIECES}, {})
BORDERED = shape({**TYPE, "elements": PIECES}, {"border": number(0, 1)})
RICH_PARTS: Mapping[str, Check] = {
    "rich_text_section": RICH_SECTION,
    "rich_text_preformatted": shape(
        {**TYPE, "elements": PIECES}, {"border": number(0, 1), "language": string(50)}
    ),
    "rich_text_quote": BORDERED,
    "rich_text_list": shape(
        {
            **TYPE,
            "style": among("bullet", "ordered"),
            "elements": array(by_type({"rich_text_section": RICH_SECTION}), 1, 1000),
        },
        {"indent": number(0, 8), "offset": number(0), "border": number(0, 1)},
    ),
}


def block(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    return shape({**TYPE, **required}, {"block_id": ID, **(optional or {})})


BLOCKS: dict[str, Check] = {
    "section": at_least_one_of(
        block(
            {},
            {
                "text": any_text(3000),
                "fields": array(any_text(2000), 1, 10),
                "accessory": one_of(*IN_SECTION),
                "expand": boolean,
            },
        ),
        "text",
        "fields",
    ),
    "header": block({"text": plain(150)}),
    "divider": block({}),
    "context": block(
        {
            "elements": array(
                by_type({
                    "image": ELEMENTS["image"],
                    "plain_text": plain(3000),
                    "mrkdwn": mrkdwn(3000),
                }),
                1,
                10,
            )
        }
    ),
    "actions": block({"elements": array(one_of(*IN_ACTIONS), 1, 25)}),
    "input": block(
        {"label": plain(2000), "element": one_of(*IN_INPUT)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "image": exactly_one_of(
        block({"alt_text": string(2000)}, {**IMAGE_SOURCE, "title": plain(2000)}), *IMAGE_SOURCE
    ),
    "rich_text": block({"elements": array(by_type(RICH_PARTS), 1, 1000)}),
    "markdown": block({"text": string(12_000)}),
    "video": block(
        {
            "alt_text": string(2000),
            "title": plain(199),
            "thumbnail_url": LINK,
            "video_url": LINK,
        },
        {
            "author_name": string(49),
            "description": plain(199),
            "provider_icon_url": LINK,
            "provider_name": string(49),
            "title_url": LINK,
        },
    ),
    "table": block(
        {"rows": array(array(anything, 1, 20), 1, 100)},
        {"column_settings": array(anything, 0, 20)},
    ),
    **dict.fromkeys(
        (
            "alert", "card", "carousel", "container", "context_actions", "data_table",
            "data_visualization", "file", "plan", "task_card",
        ),
        anything,
    ),
}  # fmt: skip

SURFACES: dict[str, tuple[str, ...]] = {
    "alert": ("modal",),
    **dict.fromkeys(
        ("container", "context_actions", "data_visualization", "markdown", "plan", "task_card"),
        ("message",),
    ),
    **dict.fromkeys(("carousel", "data_table", "table"), ("message", "home")),
}
"""Blocks that only some surfaces take; all others go anywhere."""

VIEW_COMMON: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
MODAL = shape(
    {**TYPE, "title": plain(24), "blocks": anything},
    {
        **VIEW_COMMON,
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
    },
)
HOME = shape({**TYPE, "blocks": anything}, VIEW_COMMON)
