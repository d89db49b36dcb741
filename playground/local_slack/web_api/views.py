"""views.*: modals and the Home tab."""

from __future__ import annotations

from ..limits import view_problems
from ..limits_checks import fault
from ..model import Json, Refused
from ..pictures import unknown_pictures
from ..triggers import Triggers
from ..workspace import Workspace
from .arguments import Arguments


class ViewMethods:
    """The methods that need to know which triggers were handed out."""

    def __init__(self, triggers: Triggers) -> None:
        self._triggers = triggers

    def open(self, workspace: Workspace, args: Arguments) -> Json:
        body = modal_body(workspace, args)
        trigger = self._triggers.spend(args.required("trigger_id"))
        view = workspace.open_view(trigger.user, body, on_top=trigger.in_modal)
        return {"view": view.payload()}

    def push(self, workspace: Workspace, args: Arguments) -> Json:
        body = modal_body(workspace, args)
        trigger = self._triggers.spend(args.required("trigger_id"))
        if not trigger.in_modal:
            raise Refused("invalid_arguments", [fault("trigger is not of a modal", "/trigger_id")])
        return {"view": workspace.open_view(trigger.user, body, on_top=True).payload()}


def update(workspace: Workspace, args: Arguments) -> Json:
    body = _checked(workspace, args)
    view_id, external_id = args.optional("view_id"), args.optional("external_id")
    if not view_id and not external_id:
        raise Refused("invalid_arguments", [fault("missing required field: view_id", "")])
    view = workspace.view(view_id, external_id)
    workspace.replace_view(view, body, args.optional("hash"))
    return {"view": view.payload()}


def publish(workspace: Workspace, args: Arguments) -> Json:
    body = _checked(workspace, args)
    if body["type"] != "home":
        raise Refused("invalid_arguments", [fault("must be a home view", "/view/type")])
    person = workspace.person(args.required("user_id"))
    if person.deleted or person.is_bot:
        raise Refused("user_not_found")
    return {"view": workspace.publish_home(person.id, body, args.optional("hash")).payload()}


def modal_body(workspace: Workspace, args: Arguments) -> Json:
    body = _checked(workspace, args)
    if body["type"] != "modal":
        raise Refused("invalid_arguments", [fault("must be a modal", "/view/type")])
    return body


def _checked(workspace: Workspace, args: Arguments) -> Json:
    body = args.parsed("view")
    found = view_problems(body) or unknown_pictures(workspace, body, "/view")
    if any("view_too_large" in problem for problem in found):
        raise Refused("view_too_large", found)
    if found:
        raise Refused("invalid_arguments", found)
    checked: Json = body
    return checked
