import { fen } from '@mall/shared/money';
import { render } from '@testing-library/react';
import { Price } from './Price';

describe('a price on the screen', () => {
  it('shows a range as its lowest price and 起', () => {
    const { container } = render(<Price amount={fen(12_900)} from />);
    expect(container.textContent).toBe('¥129起');
  });

  it('keeps the fen of a range that has them', () => {
    const { container } = render(<Price amount={fen(12_950)} from />);
    expect(container.textContent).toBe('¥129.50起');
  });

  it('strikes through the original only when it was higher', () => {
    const higher = render(<Price amount={fen(9_900)} original={fen(12_900)} />);
    expect(higher.container.querySelector('.price__original')?.textContent).toBe('¥129');
    const lower = render(<Price amount={fen(9_900)} original={fen(9_900)} />);
    expect(lower.container.querySelector('.price__original')).toBeNull();
  });
});
