import type { Page } from '@mall/shared/paging';
import { act, render, waitFor } from '@testing-library/react';
import { type Paged, usePaged } from './use-paged';

type Ask = (cursor: string | undefined) => Promise<Page<string>>;

/** A list on a screen whose hook the test can hold. */
function show(ask: Ask, key = 'first') {
  const held: { list: Paged<string> | null } = { list: null };
  function List({ name }: { name: string }) {
    held.list = usePaged(name, ask);
    return null;
  }
  const view = render(<List name={key} />);
  return { held, rename: (name: string) => view.rerender(<List name={name} />) };
}

const twoPages: Ask = async (cursor) =>
  cursor === undefined ? { items: ['a', 'b'], nextCursor: 'p2' } : { items: ['c'], nextCursor: null };

describe('a list in pages', () => {
  it('appends the next page and stops at the last', async () => {
    const ask = jest.fn(twoPages);
    const { held } = show(ask);
    await waitFor(() => expect(held.list?.ready).toBe(true));
    await act(async () => held.list?.more());
    expect(held.list?.items).toEqual(['a', 'b', 'c']);
    await act(async () => held.list?.more());
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('asks for one page at a time however often the bottom is reached', async () => {
    const ask = jest.fn(twoPages);
    const { held } = show(ask);
    await waitFor(() => expect(held.list?.ready).toBe(true));
    await act(async () => {
      await Promise.all([held.list?.more(), held.list?.more(), held.list?.more()]);
    });
    expect(held.list?.items).toEqual(['a', 'b', 'c']);
  });

  it('asks for no page again when the bottom is reached before the page is drawn', async () => {
    const pages = ['p1', 'p2', 'p3'];
    const ask = jest.fn(async (cursor: string | undefined) => {
      const at = cursor === undefined ? 0 : pages.indexOf(cursor);
      return { items: [`item${at}`], nextCursor: pages[at + 1] ?? null };
    });
    const { held } = show(ask);
    await waitFor(() => expect(held.list?.ready).toBe(true));
    // Nothing is drawn before this is over.
    await act(async () => {
      await held.list?.more();
      await held.list?.more();
    });
    expect(ask.mock.calls).toEqual([[undefined], ['p2'], ['p3']]);
    expect(held.list?.items).toEqual(['item0', 'item1', 'item2']);
  });

  it('looks unseen: what is on further pages stays, rows are exchanged, new ones come on top, no answer is nothing', async () => {
    let first: () => Promise<Page<string>> = async () => ({ items: ['a1', 'b1'], nextCursor: 'p2' });
    const { held } = show(async (cursor) => (cursor === undefined ? first() : { items: ['c1'], nextCursor: null }));
    await waitFor(() => expect(held.list?.ready).toBe(true));
    await act(async () => held.list?.more());
    const look = () => act(async () => held.list?.look((item) => item.slice(0, 1)));
    first = async () => ({ items: ['n1', 'a2'], nextCursor: 'p3' });
    await look();
    const shown = { items: ['n1', 'a2', 'b1', 'c1'], cursor: null, loading: false, problem: null };
    expect(held.list).toMatchObject(shown);
    first = () => Promise.reject(new Error('down'));
    await look();
    expect(held.list).toMatchObject(shown);
  });

  it('does not let a look bring back what a later answer has changed', async () => {
    const answers: ((page: Page<string>) => void)[] = [];
    const { held } = show(() => new Promise((resolve) => answers.push(resolve)));
    const tell = (at: number, item: string) => act(async () => answers[at]?.({ items: [item], nextCursor: null }));
    await tell(0, 'a1');
    await act(async () => void held.list?.look((item) => item.slice(0, 1)));
    await act(async () => void held.list?.reload());
    await tell(2, 'a3');
    await tell(1, 'a2');
    expect(held.list?.items).toEqual(['a3']);
  });

  it('keeps what is shown when the next page fails, and can ask again', async () => {
    let down = true;
    const { held } = show(async (cursor) => {
      if (cursor !== undefined && down) throw new Error('down');
      return twoPages(cursor);
    });
    await waitFor(() => expect(held.list?.ready).toBe(true));
    await act(async () => held.list?.more());
    expect(held.list).toMatchObject({ items: ['a', 'b'], loading: false });
    expect(held.list?.problem).not.toBeNull();
    down = false;
    await act(async () => held.list?.more());
    expect(held.list?.items).toEqual(['a', 'b', 'c']);
  });

  it('drops the late answer of an older key', async () => {
    const answers = new Map<number, (page: Page<string>) => void>();
    const { held, rename } = show(() => new Promise((resolve) => answers.set(answers.size, resolve)));
    rename('second');
    await act(async () => answers.get(1)?.({ items: ['new'], nextCursor: null }));
    await act(async () => answers.get(0)?.({ items: ['old'], nextCursor: null }));
    expect(held.list?.items).toEqual(['new']);
  });
});
