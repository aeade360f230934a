import { Gesture } from './gesture.js';

const afterATask = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('whether she has just tapped', () => {
  it('is so in the turn of her tap and in the promises that end in it', async () => {
    const gesture = new Gesture();
    expect(() => gesture.need()).toThrow('can only be invoked by user TAP gesture.');
    gesture.begin();
    gesture.need();
    await Promise.resolve();
    gesture.need();
  });

  it('is over once anything was waited for, and a second tap begins anew', async () => {
    const gesture = new Gesture();
    gesture.begin();
    await afterATask();
    expect(gesture.isNow).toBe(false);
    gesture.begin();
    gesture.begin();
    expect(gesture.isNow).toBe(true);
    gesture.end();
    expect(gesture.isNow).toBe(false);
    gesture.begin();
    await afterATask();
    expect(() => gesture.need()).toThrow('TAP gesture');
  });
});
