"""A small calling service in memory: group calls and invitations of users, no phones, no replacing of calls."""

import json
import queue
import threading
import urllib.error
import urllib.request
import uuid


class Refusal(Exception):
    """A request that the service refuses with a 4xx."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.code = status, code


def parameter(body, name):
    """Finds a parameter by its name, case-insensitively."""
    members = body.items() if isinstance(body, dict) else []
    return next((value for key, value in members if key.lower() == name.lower()), None)


def user_id_of(participant):
    """Returns the id of the user in a participant, or None."""
    try:
        return participant["identity"]["user"]["id"]
    except (KeyError, TypeError):
        return None


def is_moved(participant):
    """Returns whether the participant is moved from another meeting."""
    return isinstance(participant, dict) and isinstance(participant.get("participantId"), str)


def new_member(identity):
    """Returns a participant of a call; its id is valid only in that call."""
    return {"id": str(uuid.uuid4()), "identity": identity}


def roster_entry(member):
    audio = {"mediaType": "audio", "sourceId": "1", "direction": "sendReceive", "serverMuted": False}
    return {
        "@odata.type": "#microsoft.graph.participant",
        "id": member["id"],
        "info": {
            "@odata.type": "#microsoft.graph.participantInfo",
            "identity": member["identity"],
            "endpointType": "default",
        },
        "mediaStreams": [{"@odata.type": "#microsoft.graph.mediaStream", **audio}],
        "isMuted": False,
        "isInLobby": False,
    }


class Call:
    """A call. A thread sends its notifications one after the other."""

    def __init__(self, kind, callback_uri, chat_info, members, foreign):
        self.id = str(uuid.uuid4())
        self.foreign = foreign  # Whether another application created the call.
        self.kind, self.callback_uri, self.chat_info, self.members = kind, callback_uri, chat_info, members
        self.lock = threading.Lock()
        self._outbox = queue.Queue()
        threading.Thread(target=self._send_all, daemon=True).start()

    def notify(self, change_type, path, resource_data, after):
        """Queues a notification, which is sent after the event `after`: the response has been sent."""
        resource = f"/communications/calls/{self.id}{path}"
        notification = {
            "@odata.type": "#microsoft.graph.commsNotification",
            "changeType": change_type,
            "resource": resource,
            "resourceUrl": resource,
            "resourceData": resource_data,
        }
        envelope = {"@odata.type": "#microsoft.graph.commsNotifications", "value": [notification]}
        self._outbox.put((json.dumps(envelope).encode(), after))

    def end(self):
        self._outbox.put(None)

    def _send_all(self):
        while (item := self._outbox.get()) is not None:
            body, after = item
            after.wait()
            headers = {"Content-Type": "application/json"}
            request = urllib.request.Request(self.callback_uri, body, headers, method="POST")
            try:
                urllib.request.urlopen(request, timeout=5).close()
            except (urllib.error.URLError, OSError):
                pass  # If the callback does not respond, the next notification is still sent.


class CallingService:
    def __init__(self):
        self._calls = {}
        self._unreachable = set()

    def add_user(self, reachable=True):
        user_id = str(uuid.uuid4())
        if not reachable:
            self._unreachable.add(user_id)
        return user_id

    def start_call(self, kind, callback_uri, chat_info=False, members=(), foreign=False):
        call = Call(kind, callback_uri, chat_info, list(members), foreign)
        self._calls[call.id] = call
        return call

    def end_calls_of(self, callback_uri):
        for call in [one for one in self._calls.values() if one.callback_uri == callback_uri]:
            self._calls.pop(call.id, None)
            call.end()

    def invite(self, call_id, body, answered):
        """Accepts an invitation; returns the operation and its location. Notifies after the event `answered`."""
        call = self._calls.get(call_id)
        if call is None:
            raise Refusal(404, "NotFound", "The call does not exist.")
        with call.lock:
            invitees = self._invitees(call, body)
            identities = [one["identity"] for one in invitees]
            operation = {
                "@odata.type": "#microsoft.graph.inviteParticipantsOperation",
                "id": str(uuid.uuid4()),
                "clientContext": parameter(body, "clientContext"),
                "participants": [
                    {
                        "@odata.type": "#microsoft.graph.invitationParticipantInfo",
                        **{key: one[key] for key in ("replacesCallId", "participantId") if is_moved(one)},
                        "identity": one["identity"],
                    }
                    for one in invitees
                ],
            }
            path = f"/operations/{operation['id']}"
            if any(one["user"]["id"] in self._unreachable for one in identities):
                info = {"code": 404, "subcode": 0, "message": "The user cannot be reached."}
                call.notify("deleted", path, {**operation, "status": "failed", "resultInfo": info}, answered)
            else:
                for one in filter(is_moved, invitees):
                    self._leave(one)
                call.members.extend(new_member(one) for one in identities)
                call.notify("deleted", path, {**operation, "status": "completed"}, answered)
                call.notify("updated", "/participants", [roster_entry(one) for one in call.members], answered)
        location = f"/v1.0/communications/calls/{call.id}{path}"
        return {**operation, "status": "running", "resultInfo": None}, location

    def _leave(self, moved):
        """Removes a moved participant from the old meeting, which continues."""
        meeting = self._calls.get(moved["replacesCallId"])
        if meeting is not None:
            meeting.members = [one for one in meeting.members if one["id"] != moved["participantId"]]

    def _counting(self, participants):
        """Returns the participants that count: of those who are moved only the first, otherwise all."""
        first = participants[0]
        if not is_moved(first):
            return participants
        meeting = self._calls.get(first.get("replacesCallId"))
        there = meeting is not None and not meeting.foreign
        if not there or all(one["id"] != first["participantId"] for one in meeting.members):
            raise Refusal(403, "Forbidden", "The participant is in no meeting of this application.")
        return [first]

    def _invitees(self, call, body):
        """Returns the invitees of an invitation; raises Refusal if the invitation is wrong."""

        def bad(message):
            return Refusal(400, "BadRequest", message)

        participants = parameter(body, "participants")
        if not isinstance(participants, list) or not participants:
            raise bad("participants must be a non-empty array.")
        context = parameter(body, "clientContext")
        if isinstance(context, str) and len(context) > 256:
            raise bad("clientContext must have at most 256 characters.")
        participants = self._counting(participants)
        ids = [user_id_of(one) for one in participants]
        if not all(isinstance(one, str) for one in ids):
            raise bad("Each participant needs the identity of a user.")
        if call.kind != "group":
            raise bad("Only group calls accept invitations.")
        if len(ids) > 5:
            raise bad("An invitation may name at most five participants.")
        if len(ids) > 1 and not call.chat_info:
            raise bad("Several participants need a call with chat info.")
        if {one["identity"]["user"]["id"] for one in call.members} & set(ids):
            raise bad("An invitee is already in the call.")
        return participants
