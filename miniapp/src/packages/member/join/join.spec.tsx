import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { serveApi } from '../../../../test/fake-api';
import { buttonTap } from '../../../../test/stubs/components';
import { useSession } from '../../../state/session';
import JoinPage from './index';

const offer = { guide: null, storeName: null, policyVersion: '2026-11', offerTouchId: null };

async function agreesAndTaps(detail: Record<string, unknown>): Promise<void> {
  fireEvent.click(await screen.findByText('我已阅读并同意会员服务与隐私说明'));
  buttonTap.detail = detail;
  await act(async () => void fireEvent.click(screen.getByText('用手机号加入')));
}

beforeEach(() => useSession.setState({ me: null }));

describe('joining by the phone number', () => {
  it("asks once: WeChat's button agrees to its guideline and gives the number (§8)", async () => {
    const api = serveApi({ 'GET /me/join-offer': offer, 'POST /me/join': { joinedAt: 1 } });
    render(<JoinPage />);
    await agreesAndTaps({ code: 'phone-code' });
    await waitFor(() => expect(api.times('POST /me/join')).toBe(1));
  });

  it.each([
    ['she refuses', { errMsg: 'getPhoneNumber:fail user deny' }, /^没有拿到手机号。/],
    ['she refuses the guideline', { errno: 104, errMsg: 'getPhoneNumber:fail' }, /^没有同意隐私指引/],
    ['the shop did not declare it', { errno: 112, errMsg: 'getPhoneNumber:fail' }, /还没有开放/],
    ["the shop's numbers are used up (§2)", { errno: 1_400_001, errMsg: 'getPhoneNumber:fail' }, /暂时用不了/],
  ])('goes on without when %s, and says that buying does not need it', async (_why, detail, sentence) => {
    const api = serveApi({ 'GET /me/join-offer': offer });
    render(<JoinPage />);
    await agreesAndTaps(detail);
    const fault = screen.getByText(sentence);
    expect(fault.textContent).toMatch(/不加入也可以照常购买。$/);
    expect(screen.getByText('用手机号加入').title).toBe('getPhoneNumber|agreePrivacyAuthorization');
    expect(api.times('POST /me/join')).toBe(0);
  });
});
