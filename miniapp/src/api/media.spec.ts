import { mediaUrl } from './media';

describe('addresses of pictures', () => {
  it('resolves the API’s own pictures against the API base', () => {
    expect(mediaUrl('/media/a.webp', 'https://api.shop.test')).toBe('https://api.shop.test/media/a.webp');
    expect(mediaUrl('/media/a.webp', '')).toBe('/media/a.webp');
  });

  it('leaves whole addresses alone and says null when there is none', () => {
    expect(mediaUrl('https://cdn.shop.test/a.webp', 'https://api.shop.test')).toBe('https://cdn.shop.test/a.webp');
    expect(mediaUrl('//cdn.shop.test/a.webp', 'https://api.shop.test')).toBe('//cdn.shop.test/a.webp');
    expect(mediaUrl(null)).toBeNull();
  });
});
