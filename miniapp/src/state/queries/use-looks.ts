import { useEffect, useRef } from 'react';
import { pause } from '../../platform/clock';

/** Two minutes in all: what takes longer is nobody's wait, and a message tells of it. */
const LOOKS_AFTER_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

/** Looks again, ever more rarely, while something is under way that ends without her. `moving` names it; null: nothing. */
export function useLooks(moving: string | null, look: () => Promise<void>): void {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    let isOver = moving === null;
    const go = async () => {
      for (const wait of LOOKS_AFTER_MS) {
        if (isOver) return;
        await pause(wait);
        if (!isOver) await latest.current();
      }
    };
    void go();
    return () => {
      isOver = true;
    };
  }, [moving]);
}
