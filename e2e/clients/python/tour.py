"""Walks the tour with the client that openapi-python-client makes of /openapi.json."""

import json
import os
import re
import secrets
import time
from datetime import date
from urllib.parse import parse_qs, urlsplit

import httpx
from mpics_api import AuthenticatedClient, Client
from mpics_api.api.gateway import record_page_view
from mpics_api.api.identity import (
    get_my_account,
    list_policies,
    list_sessions,
    log_in,
    log_off,
    refresh_session,
    register_account,
    verify_email,
)
from mpics_api.api.media import change_photo, explore_photos, get_photo, get_rendition, list_my_photos, upload_photo
from mpics_api.api.notifications import list_mails, post_unsubscribe
from mpics_api.api.profiles import change_my_profile, follow_profile, get_profile, list_followers
from mpics_api.models import (
    AcceptedPolicies,
    ChangeMyProfileRequest,
    ChangePhotoRequest,
    LogInRequest,
    NewSession,
    Photo,
    PhotoStatus,
    PhotoVisibility,
    PolicyDocument,
    Problem,
    RecordPageViewRequest,
    RefreshSessionRequest,
    RegisterAccountRequest,
    RenditionName,
    UploadPhotoRequest,
    VerifyEmailRequest,
)
from mpics_api.types import File

GATEWAY, MAIL_API, PICTURE = (os.environ[name] for name in ("GATEWAY", "MAIL_API", "PICTURE"))
anybody = Client(base_url=GATEWAY, timeout=httpx.Timeout(30))


def eventually(what, look, seconds=90):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise TimeoutError(f"waited in vain for {what}")


def mails(address, matching):
    found = httpx.get(f"{MAIL_API}/api/email", params={"to.address": address}, timeout=30).json()
    return [mail for mail in found if re.search(matching, mail["subject"] + mail["text"])]


def link(mail, path):
    return next(urlsplit(url) for url in re.findall(r"https?://[^\s<>\"')]+", mail["text"]) if path in url)


def in_force(document):
    return next(policy.version for policy in list_policies.sync(client=anybody).items if policy.document == document)


class Member:
    def __init__(self, name):
        unique = secrets.token_hex(4)
        self.handle = f"{name}_{unique}"
        self.email = f"{name}.{unique}@example.org"
        self.password = f"correct horse {secrets.token_hex(8)}"

    def registration(self):
        return RegisterAccountRequest(
            email=self.email,
            handle=self.handle,
            password=self.password,
            full_name="Python Canary",
            birth_date=date(1990, 5, 17),
            accepted=AcceptedPolicies(terms=in_force(PolicyDocument.TERMS), privacy=in_force(PolicyDocument.PRIVACY)),
        )

    def join(self):
        body = self.registration()
        first = register_account.sync_detailed(client=anybody, body=body, idempotency_key=self.handle)
        again = register_account.sync_detailed(client=anybody, body=body, idempotency_key=self.handle)
        assert (first.status_code, again.parsed.id) == (201, first.parsed.id), (first, again)
        [mail] = eventually("the verification mail", lambda: mails(self.email, "verify-email"))
        [token] = parse_qs(link(mail, "/verify-email").query)["token"]
        assert verify_email.sync_detailed(client=anybody, body=VerifyEmailRequest(token=token)).status_code == 204
        session = log_in.sync(client=anybody, body=LogInRequest(login=self.handle, password=self.password))
        assert isinstance(session, NewSession), session
        self.refresh_token = session.refresh_token
        self.client = AuthenticatedClient(base_url=GATEWAY, token=session.access_token, timeout=httpx.Timeout(30))
        return self


def refused(answer, status, code):
    assert answer.status_code == status and isinstance(answer.parsed, Problem), answer
    assert answer.parsed.code == code, answer.parsed


photographer = Member("python").join()
account = get_my_account.sync(client=photographer.client)
assert (account.handle, account.email_verified) == (photographer.handle, True), account
refused(register_account.sync_detailed(client=anybody, body=photographer.registration()), 409, "identity.handle-taken")
wrong = LogInRequest(login=photographer.handle, password="no such password")
refused(log_in.sync_detailed(client=anybody, body=wrong), 401, "identity.login-failed")
refused(refresh_session.sync_detailed(client=anybody), 401, "identity.refresh-invalid")
next_pair = refresh_session.sync(client=anybody, body=RefreshSessionRequest(refresh_token=photographer.refresh_token))
photographer.client = AuthenticatedClient(base_url=GATEWAY, token=next_pair.access_token, timeout=httpx.Timeout(30))

with open(PICTURE, "rb") as picture:
    upload = upload_photo.sync_detailed(
        client=photographer.client,
        body=UploadPhotoRequest(
            file=File(payload=picture, file_name="rocket.jpg", mime_type="image/jpeg"),
            title="Lift-off",
            tags=["rocket", "night sky"],
            alt_text="A rocket rises from its pad at dusk",
            visibility=PhotoVisibility.PUBLIC,
        ),
    )
assert upload.status_code == 202 and upload.headers["location"] == f"/v1/photos/{upload.parsed.id}", upload
photo_id = upload.parsed.id


def published():
    photo = get_photo.sync(client=photographer.client, id=photo_id)
    assert isinstance(photo, Photo), photo
    return photo if photo.status == PhotoStatus.PUBLISHED else None


photo = eventually("the photo to be published", published)
assert (photo.title, sorted(photo.tags)) == ("Lift-off", ["night sky", "rocket"]), photo
rendition = get_rendition.sync(client=anybody, id=photo_id, rendition=RenditionName.LARGE)
content = rendition.payload.read() if isinstance(rendition, File) else rendition
assert content.startswith(b"\xff\xd8\xff"), content[:20]

shown = get_photo.sync_detailed(client=photographer.client, id=photo_id)
known = get_photo.sync_detailed(client=photographer.client, id=photo_id, if_none_match=shown.headers["etag"])
assert known.status_code == 304, known
change = ChangePhotoRequest(title="Lift-off at dusk")
changed = change_photo.sync_detailed(
    client=photographer.client, id=photo_id, body=change, if_match=shown.headers["etag"]
)
assert changed.parsed.title == "Lift-off at dusk", changed
late = change_photo.sync_detailed(client=photographer.client, id=photo_id, body=change, if_match=shown.headers["etag"])
refused(late, 412, "precondition-failed")

for _ in range(3):
    view = RecordPageViewRequest(page=f"/photos/{photo_id}")
    assert record_page_view.sync_detailed(client=anybody, body=view).status_code == 202
eventually("three views", lambda: get_photo.sync(client=anybody, id=photo_id).views.total >= 3)

change_my_profile.sync(client=photographer.client, body=ChangeMyProfileRequest(location="Utrecht, Netherlands"))
assert get_profile.sync(client=anybody, handle=photographer.handle).location == "Utrecht, Netherlands"

follower, second = Member("viewer").join(), Member("visitor").join()
assert follow_profile.sync_detailed(client=follower.client, handle=photographer.handle).status_code == 204
[mail] = eventually("the mail about a follower", lambda: mails(photographer.email, "(?i)follow"))
token = link(mail, "/unsubscribe/").path.rsplit("/", 1)[-1]
assert post_unsubscribe.sync(client=anybody, token=token).category.value == "follows"
assert follow_profile.sync_detailed(client=second.client, handle=photographer.handle).status_code == 204


def suppressed():
    told = list_mails.sync(client=photographer.client).items
    return [mail for mail in told if (mail.category.value, mail.status.value) == ("follows", "suppressed")]


eventually("the suppressed mail", suppressed)
assert len(mails(photographer.email, "(?i)follow")) == 1

first_page = list_followers.sync_detailed(client=anybody, handle=photographer.handle, limit=1)
assert 'rel="next"' in first_page.headers["link"], first_page.headers
rest = list_followers.sync(client=anybody, handle=photographer.handle, cursor=first_page.parsed.next_cursor)
handles = {card.handle for card in [*first_page.parsed.items, *rest.items]}
assert (handles, rest.next_cursor) == ({follower.handle, second.handle}, None), handles
refused(explore_photos.sync_detailed(client=anybody, cursor="nonsense"), 422, "cursor-invalid")
refused(explore_photos.sync_detailed(client=anybody, limit=81), 422, "input-invalid")
assert photo_id in [summary.id for summary in list_my_photos.sync(client=photographer.client).items]
assert [session.current for session in list_sessions.sync(client=photographer.client).items] == [True]
assert log_off.sync_detailed(client=photographer.client).status_code == 204
eventually("the token to end", lambda: list_sessions.sync_detailed(client=photographer.client).status_code == 401)
print(json.dumps({"photographer": photographer.handle, "photo": str(photo_id)}))
