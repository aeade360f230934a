import { pictureAddress } from './picture-address.js';

describe('where a picture is found', () => {
  it.each([
    ['/assets/100%.png', '/files/assets/100%25.png'],
    ['assets/一 #1.png?v=2', '/files/assets/%E4%B8%80%20%231.png'],
    ['http://tmp/50%.png', '/kept/50%25.png'],
    ['https://shop.example/a%20b.png', 'http://127.0.0.1:4000/a%20b.png'],
    ['data:image/png;base64,AA==', 'data:image/png;base64,AA=='],
  ])('%s is at %s: names of files are encoded, addresses stay as they are', (source, address) => {
    expect(pictureAddress(source, [['https://shop.example', 'http://127.0.0.1:4000']])).toBe(address);
  });
});
