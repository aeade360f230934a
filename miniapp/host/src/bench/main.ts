import { make } from '../shell/dom.js';
import { BenchPage } from './bench-page.js';
import { BENCH_STYLE } from './bench-style.data.js';
import type { BenchStart } from './messages.js';

declare global {
  interface Window {
    __weappBenchStart?: BenchStart;
  }
}

const start = window.__weappBenchStart as BenchStart;
document.title = `${start.title} · 小程序模拟台`;
document.head.append(make('style', {}, BENCH_STYLE));
const bench = new BenchPage(start);
window.__weappBench = bench;
document.body.append(...bench.elements);
bench.begin();
