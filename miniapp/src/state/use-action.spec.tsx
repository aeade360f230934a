import { ProblemType } from '@mall/shared/problems';
import { act, render } from '@testing-library/react';
import { ApiProblem } from '../api/problem';
import { useAction } from './use-action';

function show(work: () => Promise<void>, onProblem: (problem: ApiProblem) => void) {
  const held = { busy: false, run: () => {} };
  function Button() {
    Object.assign(held, useAction(work, onProblem));
    return null;
  }
  render(<Button />);
  return held;
}

describe('a button that spends money', () => {
  it('works once however often it is pressed while it works', async () => {
    let finish = () => {};
    const work = jest.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const button = show(work, () => {});
    act(() => {
      button.run();
      button.run();
    });
    act(() => button.run());
    expect(work).toHaveBeenCalledTimes(1);
    expect(button.busy).toBe(true);
    await act(async () => finish());
    expect(button.busy).toBe(false);
    act(() => button.run());
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('does not work again between its end and the drawing of what came of it', async () => {
    const work = jest.fn(async () => {});
    const button = show(work, () => {});
    await act(async () => {
      button.run();
      // Longer than the work, and nothing is drawn before this is over.
      await new Promise((resolve) => setTimeout(resolve));
      button.run();
    });
    expect(work).toHaveBeenCalledTimes(1);
    await act(async () => button.run());
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('can be pressed again after a refusal, and hands over the reason', async () => {
    const onProblem = jest.fn();
    const refusal = new ApiProblem(ProblemType.StockInsufficient, 409, null);
    const button = show(() => Promise.reject(refusal), onProblem);
    await act(async () => button.run());
    expect(onProblem).toHaveBeenCalledWith(refusal);
    expect(button.busy).toBe(false);
  });
});
