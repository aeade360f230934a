import { readOptions } from './cli-options.js';

const auto = (...args: string[]) => readOptions(['auto', '--project', 'dist', ...args]);

describe('the options of the command line', () => {
  it('gives one phone without --open, under the name of the platform', () => {
    expect(auto().people).toEqual([{ id: 'customer', name: 'customer' }]);
    expect(auto('--persona', 'xiaoyu')).toMatchObject({ people: [{ id: 'xiaoyu', name: 'xiaoyu' }], open: false });
  });

  it('gives a phone to each person by hand, with the words that the bench calls her', () => {
    const options = auto('--open', '--no-window', '--persona', 'a=顾客 A=甲', '--persona', 'b');
    expect(options).toMatchObject({
      people: [
        { id: 'a', name: '顾客 A=甲' },
        { id: 'b', name: 'b' },
      ],
      open: true,
      benchPort: 9421,
      hasWindow: false,
    });
  });

  it('leaves Chromium its sandbox, unless it is told not to or root runs it', () => {
    const user = jest.spyOn(process, 'getuid');
    user.mockReturnValue(1000);
    expect([auto().hasSandbox, auto('--no-sandbox').hasSandbox]).toEqual([true, false]);
    user.mockReturnValue(0);
    expect(auto().hasSandbox).toBe(false);
    user.mockRestore();
  });

  it.each<[string[], RegExp]>([
    [['--persona', 'a', '--persona', 'b'], /several people need --open/],
    [['--open', '--persona', 'a=x', '--persona', 'a=y'], /names "a" twice/],
    [['--open', '--persona', '=x'], /must be NAME or NAME=WORDS/],
    [['--bench-port', '99999'], /--bench-port must be a whole number up to 65535/],
    [['--windows'], /there is no option --windows|needs a value/],
  ])('refuses %j with one sentence', (args, sentence) => {
    expect(() => auto(...args)).toThrow(sentence);
  });
});
