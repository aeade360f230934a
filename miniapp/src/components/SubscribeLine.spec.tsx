import Taro from '@tarojs/taro';
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { type FakeApi, SILENCE, serveApi } from '../../test/fake-api';
import { useAskedMoments, useSubscription } from '../state/subscriptions';
import { SubscribeLine } from './SubscribeLine';

const ask = jest.mocked(Taro.requestSubscribeMessage);
const says = (answer: unknown) => ask.mockImplementationOnce((async () => answer) as never);
const fails = (failure: unknown) =>
  ask.mockImplementationOnce((async () => {
    throw failure;
  }) as never);
const LINE = <SubscribeLine moment="coupon" text="券快到期时提醒您" action="提醒我" />;

let api: FakeApi;
const serve = (templateIds: string[] = ['tmpl-expiring'], routes: Record<string, unknown> = {}) => {
  api = serveApi({ 'GET /subscriptions': { templateIds }, 'POST /subscriptions': null, ...routes });
};
const reports = () => api.asked.filter(({ method }) => method === 'POST').map(({ body }) => body);
const tap = () => act(async () => void fireEvent.click(screen.getByText('提醒我')));

beforeEach(() => {
  jest.clearAllMocks();
  useAskedMoments.setState({ asked: [] });
});

describe('the quiet line that asks for a message (§4)', () => {
  it('asks WeChat in the tap itself, for the ids that came with the page, and tells the server', async () => {
    serve(['tmpl-expiring', 'tmpl-other']);
    says({ errMsg: 'requestSubscribeMessage:ok', 'tmpl-expiring': 'accept', 'tmpl-other': 'filter' });
    render(LINE);
    await screen.findByText('券快到期时提醒您');
    expect(ask).not.toHaveBeenCalled();
    fireEvent.click(screen.getByText('提醒我'));
    // Before anything was waited for: a later call is refused by WeChat.
    expect(ask).toHaveBeenCalledWith({ tmplIds: ['tmpl-expiring', 'tmpl-other'] });
    await screen.findByText('好的，到时候微信里告诉您。');
    expect(reports()).toEqual([
      {
        moment: 'coupon',
        outcomes: [
          { templateId: 'tmpl-expiring', outcome: 'accept' },
          { templateId: 'tmpl-other', outcome: 'filter' },
        ],
        requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
  });

  it.each(['reject', 'ban', 'filter'])(
    'says nothing more when the answer is %s, and tells the server',
    async (outcome) => {
      serve();
      says({ 'tmpl-expiring': outcome });
      const { container } = render(LINE);
      await screen.findByText('提醒我');
      await tap();
      await waitFor(() => expect(container.textContent).toBe(''));
      expect(reports()).toMatchObject([{ outcomes: [{ templateId: 'tmpl-expiring', outcome }] }]);
    },
  );

  it('says where the main switch is, and tells the server nothing', async () => {
    serve();
    fails({ errMsg: 'requestSubscribeMessage:fail', errCode: 20004 });
    render(LINE);
    await screen.findByText('提醒我');
    await tap();
    await screen.findByText(/总开关关着/);
    expect(reports()).toEqual([]);
  });

  it.each([
    ['a network that is down', { errMsg: 'fail', errCode: 10002 }],
    ['a forbidden shop', { errMsg: 'fail', errCode: 20005 }],
    ['no such window in an old WeChat', new TypeError('requestSubscribeMessage is not a function')],
  ])('goes quietly on %s', async (_what, failure) => {
    serve();
    fails(failure);
    const { container } = render(LINE);
    await screen.findByText('提醒我');
    await tap();
    await waitFor(() => expect(container.textContent).toBe(''));
    expect(reports()).toEqual([]);
  });

  it('is not there when there is nothing to ask or nobody knows, and not twice in a visit', async () => {
    serve([]);
    const { container, unmount } = render(LINE);
    await waitFor(() => expect(api.times('GET /subscriptions')).toBe(1));
    expect(container.textContent).toBe('');
    unmount();
    serve([], { 'GET /subscriptions': SILENCE });
    const { container: second, unmount: leave } = render(LINE);
    await waitFor(() => expect(api.times('GET /subscriptions')).toBe(1));
    expect(second.textContent).toBe('');
    leave();
    serve();
    says({ 'tmpl-expiring': 'reject' });
    const { unmount: close } = render(LINE);
    await screen.findByText('提醒我');
    await tap();
    close();
    render(LINE);
    await act(async () => undefined);
    expect(screen.queryByText('提醒我')).toBeNull();
    expect([ask.mock.calls.length, api.times('GET /subscriptions')]).toEqual([1, 1]);
  });
});

function Asker() {
  const { ask: askNow, offered } = useSubscription('payout', { wait: 0 });
  return (
    <button type="button" onClick={() => void askNow()}>
      {offered ? 'ask' : 'not now'}
    </button>
  );
}

it('tells the server again under the same key when its answer was lost, and gives up after three times', async () => {
  serve(['tmpl-arrived'], { 'POST /subscriptions': SILENCE });
  says({ 'tmpl-arrived': 'accept' });
  render(<Asker />);
  const button = await screen.findByText('ask');
  fireEvent.click(button);
  await waitFor(() => expect(reports()).toHaveLength(3), { timeout: 10_000 });
  expect(new Set(reports().map((body) => (body as { requestId: string }).requestId)).size).toBe(1);
  fireEvent.click(button);
  await act(async () => undefined);
  expect([ask.mock.calls.length, reports().length]).toEqual([1, 3]);
});
