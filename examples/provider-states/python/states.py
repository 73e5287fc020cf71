"""The provider-states endpoint: the states that the suite requests."""

from service import new_member


def start_group_call(service, params):
    call = service.start_call("group", params["callbackUri"], chat_info=params.get("chatInfo", True))
    return {"callId": call.id}


def start_peer_to_peer_call(service, params):
    user_id = service.add_user()
    members = [new_member({"user": {"id": user_id}})]
    call = service.start_call("peerToPeer", params["callbackUri"], members=members)
    return {"callId": call.id, "userId": user_id}


def start_meeting(service, params, foreign=False):
    user_id = service.add_user()
    member = new_member({"user": {"id": user_id}})
    call = service.start_call("group", params["callbackUri"], chat_info=True, members=[member], foreign=foreign)
    return {"callId": call.id, "userId": user_id, "participantId": member["id"]}


def start_foreign_meeting(service, params):
    return start_meeting(service, params, foreign=True)


def end_call(service, params):
    # Teardown has the params of the setup; callbackUri identifies the call, because each call has its own.
    service.end_calls_of(params["callbackUri"])


def add_users(service, params):
    return {"userIds": [service.add_user() for _ in range(params.get("count", 1))]}


def add_unreachable_user(service, params):
    return {"userId": service.add_user(reachable=False)}


def nothing(service, params):
    pass


STATES = {
    "a group call": (start_group_call, end_call),
    "a peer-to-peer call": (start_peer_to_peer_call, end_call),
    "a meeting of the same application": (start_meeting, end_call),
    "a meeting of another application": (start_foreign_meeting, end_call),
    "users who can be invited": (add_users, nothing),
    "a user who cannot be reached": (add_unreachable_user, nothing),
}


def answer_state(service, body):
    """Handles one POST; returns (status, body). Mount it only in test builds: it creates calls without a token.

    404 means an unknown state, so that behaviours that need it are untested instead of failed.
    """
    if not isinstance(body, dict):
        return 400, {"error": "the body must be an object"}
    if body.get("state") not in STATES:
        return 404, {"error": f"unknown state {body.get('state')!r}"}
    setup, teardown = STATES[body["state"]]
    try:
        if body.get("action") == "setup":
            return 200, setup(service, body.get("params") or {})
        if body.get("action") == "teardown":
            teardown(service, body.get("params") or {})
            return 200, {}
    except (KeyError, TypeError) as error:
        return 400, {"error": f"params: {error!r}"}
    return 400, {"error": "action must be setup or teardown"}
