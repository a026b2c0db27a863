"""What a clerk has typed outlives a lost line and an ended session, in this browser only, until it is sent."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from huiying.registry.passphrases import DEMO_PASSPHRASE
from tests.browser.conftest import Town

TOLD = "来访人说，河边的护栏断了一截，孩子放学要从那里走。"


def begin(page: Page, town: Town) -> None:
    """A visit half taken down."""
    page.goto(f"{town.console}petitions/reception/")
    page.fill("#id_text", TOLD)
    page.fill("#id_claim_1", "请修好护栏")
    page.check("input[name=confidentiality][value=anonymous]")


def send(page: Page) -> None:
    """Read back and registered."""
    page.click("button[name=send]")
    expect(page.locator("h1")).to_have_text("念给本人听")
    page.click("button[name=send]")
    page.wait_for_url("**/reception/receipt/")


def test_a_lost_line_keeps_the_draft_and_offers_it_back(
    town: Town, as_role: Callable[..., BrowserContext]
) -> None:
    context = as_role("clerk")
    page = context.new_page()
    begin(page, town)
    context.set_offline(True)
    page.click("button[name=send]")
    state = page.locator("[data-draft-state]")
    expect(state).to_have_text("网络不通：内容留在本机，恢复后请再次提交")
    assert page.input_value("#id_text") == TOLD

    context.set_offline(False)
    page.goto(f"{town.console}petitions/reception/")
    expect(state).to_have_text("已恢复上次没有送出的内容")
    assert page.input_value("#id_text") == TOLD
    assert page.is_checked("input[name=confidentiality][value=anonymous]")
    send(page)

    page.goto(f"{town.console}petitions/reception/")
    assert page.input_value("#id_text") == ""
    assert page.evaluate("() => Object.keys(localStorage).length") == 0


def test_a_session_that_ended_while_typing_loses_nothing(town: Town, visitor: BrowserContext) -> None:
    account = town.accounts["clerk"]
    town.sign_in(visitor, account)
    page = visitor.new_page()
    begin(page, town)
    town.forget(visitor)
    page.click("button[name=send]")
    expect(page.locator("h1")).to_have_text("登录已经过期")
    expect(page.locator("main")).to_contain_text("您超过 30 分钟没有操作")
    shown = [box.input_value() for box in page.locator("textarea[readonly]").all()]
    assert {TOLD, "请修好护栏"} <= set(shown)

    page.click("main a:has-text('重新登录')")
    page.wait_for_url("**/sign-in/**")
    page.fill("#id_account", account)
    page.fill("#id_passphrase", DEMO_PASSPHRASE)
    page.press("#id_passphrase", "Enter")
    page.wait_for_url("**/petitions/reception/")
    assert page.input_value("#id_text") == TOLD
    send(page)


def test_signing_out_leaves_no_draft_behind(town: Town, visitor: BrowserContext) -> None:
    town.sign_in(visitor, town.accounts["clerk"])
    page = visitor.new_page()
    begin(page, town)
    expect(page.locator("[data-draft-state]")).to_have_text("已保存在本机，断网也不会丢失")
    page.click("form[action$='/sign-out/'] button")
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate("() => Object.keys(localStorage).length") == 0


def test_whoever_comes_back_after_half_an_hour_is_told_why_they_must_sign_in(
    town: Town, visitor: BrowserContext
) -> None:
    town.sign_in(visitor, town.accounts["clerk"])
    town.forget(visitor)
    page = visitor.new_page()
    page.goto(f"{town.console}petitions/")
    expect(page.locator("main")).to_contain_text("您超过 30 分钟没有操作，为了安全，登录已经结束")
    expect(page.locator("main")).to_contain_text("草稿")
    page.fill("#id_account", town.accounts["clerk"])
    page.fill("#id_passphrase", DEMO_PASSPHRASE)
    page.press("#id_passphrase", "Enter")
    page.wait_for_url("**/console/petitions/")


def test_a_colleague_at_the_same_desk_is_not_offered_anothers_draft(
    town: Town, visitor: BrowserContext
) -> None:
    town.sign_in(visitor, town.accounts["clerk"])
    page = visitor.new_page()
    begin(page, town)
    expect(page.locator("[data-draft-state]")).to_have_text("已保存在本机，断网也不会丢失")
    visitor.clear_cookies()
    town.sign_in(visitor, "second_clerk")
    page.goto(f"{town.console}petitions/reception/")
    assert page.input_value("#id_text") == ""


def test_two_tabs_write_two_drafts_and_each_goes_on_with_its_own(town: Town, visitor: BrowserContext) -> None:
    town.sign_in(visitor, town.accounts["clerk"])
    first, second = visitor.new_page(), visitor.new_page()
    for page, said in ((first, "第一位的话"), (second, "第二位的话")):
        page.goto(f"{town.console}petitions/reception/")
        assert page.input_value("#id_text") == ""
        page.fill("#id_text", said)
        expect(page.locator("[data-draft-state]")).to_have_text("已保存在本机，断网也不会丢失")
    for page, said in ((first, "第一位的话"), (second, "第二位的话")):
        page.reload()
        expect(page.locator("#id_text")).to_have_value(said)


def test_what_is_typed_is_kept_at_the_server_while_one_types(town: Town, visitor: BrowserContext) -> None:
    town.sign_in(visitor, town.accounts["clerk"])
    page = visitor.new_page()
    with page.expect_response("**/reception/draft/") as kept:
        begin(page, town)
    assert kept.value.status == 204
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    page.goto(f"{town.console}petitions/reception/")
    page.click(".unsent a")
    assert page.input_value("#id_text") == TOLD
