import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchStart } from '../bench/messages.js';
import type { CliOptions } from '../cli-options.js';
import type { Compilation } from '../compile/compile-project.js';
import { HostFault } from '../host-fault.js';
import { LIBRARY } from '../logic/wx/library.js';
import type { Project } from '../project/project.js';
import { type AutomatorServer, startAutomatorServer } from './automator-server.js';
import { BenchLine } from './bench-line.js';
import { bundleScripts } from './bundles.js';
import { type Browser, openChromium } from './chromium.js';
import { bridgeCalls, type Driven, type Heard, type Place } from './driven.js';
import { HeadlessPhone } from './headless-phone.js';
import { Line } from './line.js';
import { SourcePlaces } from './source-places.js';
import { page, returnedPage, script, startWebServer, type WebServer } from './web-server.js';

const PLATFORM_MS = 10_000;
/** After an error the first page may still come, an error of its own with it; longer than this nobody has to wait. */
const BROKEN_MS = 2000;

interface Exception {
  message: string;
  place: string | null;
}

export interface HostOptions extends CliOptions {
  packageFolder: string;
}

/** A phone with the mini-program open, and the door by which it is driven. */
export class Host {
  /** What went wrong so far: with any of it the run has failed. */
  readonly exceptions: Exception[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'weapp-host-'));
  private readonly closers: (() => unknown)[] = [() => rmSync(this.folder, { recursive: true, force: true })];
  private readonly listen: Heard = (method, params) => this.heard(method, params);
  private readonly source: SourcePlaces;
  private automator: AutomatorServer | null = null;
  private driven: Driven | null = null;
  /** Ends when the mini-program was closed, by the SDK or by a signal. */
  readonly closed: Promise<void>;
  private end: () => void = () => undefined;
  isEnding = false;
  private broken: () => void = () => undefined;
  private closing = Promise.resolve();

  constructor(
    private readonly project: Project,
    private readonly compilation: Compilation,
    private readonly options: HostOptions,
  ) {
    this.source = new SourcePlaces(project.root);
    this.closed = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /** Throws a HostFault when the mini-program does not come up. Gives where the bench is, if there is one. */
  async open(): Promise<{ bench: string | null }> {
    const { port, open } = this.options;
    await this.askPlatform();
    const web = await this.serve();
    this.closers.push(web.close);
    this.goOn();
    this.driven = await this.withoutError(open ? this.openBench(web) : this.openPhone(web));
    this.goOn();
    this.automator = await startAutomatorServer(port, (method, params) => this.answer(method, params));
    this.closers.push(this.automator.close);
    return { bench: open ? web.origin : null };
  }

  /** Also while it starts: what was opened meanwhile is closed by the next call. */
  close(): Promise<void> {
    this.isEnding = true;
    this.closing = this.closing.then(async () => {
      for (let close = this.closers.pop(); close !== undefined; close = this.closers.pop()) await close();
      this.end();
    });
    return this.closing;
  }

  /** Better said now than by the first call that needs it. */
  private async askPlatform(): Promise<void> {
    const { platformUrl } = this.options;
    if (platformUrl === null) return;
    try {
      await fetch(platformUrl, { signal: AbortSignal.timeout(PLATFORM_MS), redirect: 'manual' });
    } catch (error) {
      const { message, cause } = error as Error & { cause?: Error };
      throw new HostFault(`the platform ${platformUrl} can't be reached: ${cause?.message ?? message}`);
    }
  }

  private async serve(): Promise<WebServer> {
    const { packageFolder, open, benchPort, path, scene, people, rewrites, platformUrl, dataLimit } = this.options;
    const bundles = await bundleScripts(packageFolder, { withBench: open });
    const { project, templates } = this.compilation;
    const entry = { url: path, scene };
    const options = { persona: people[0].id, entry, rewrites, hasPlatform: platformUrl !== null, dataLimit };
    const phone = page('/start.js', '/logic.js');
    return startWebServer({
      port: open ? benchPort : 0,
      texts: {
        '/': open ? page('/bench-start.js', '/bench.js') : phone,
        '/phone': phone,
        '/view': page('/view.js'),
        '/bench-start.js': script(`window.__weappBenchStart=${JSON.stringify(this.benchStart())}`),
        '/bench.js': script(bundles.bench),
        '/start.js': script(`window.__weappStart=${JSON.stringify({ project, templates, options })}`),
        '/logic.js': script(bundles.logic),
        '/view.js': script(bundles.view),
        '/returned': returnedPage,
      },
      folders: { files: this.project.root, kept: join(this.folder, 'kept') },
      writable: ['kept'],
    });
  }

  private benchStart(): BenchStart {
    const { people, path, scene, rewrites, platformUrl, port } = this.options;
    const { appId, app, pages } = this.project;
    const title = String(app.window.navigationBarTitleText ?? appId);
    const entry = { url: path, scene };
    return { people, entry, title, appId, platformUrl, automatorPort: port, pages, rewrites };
  }

  private async openPhone(web: WebServer): Promise<Driven> {
    const { people, patienceMs } = this.options;
    const browser = await this.browser('phone');
    const phone = new HeadlessPhone(browser, patienceMs);
    const line = this.lineOf(people[0].id, () => web.origin);
    await phone.open(web.origin, bridgeCalls(line, this.listen));
    return phone;
  }

  private async openBench({ server, origin: address }: WebServer): Promise<Driven> {
    const lineOf = this.lineOf.bind(this);
    const bench = new BenchLine({ server, address, lineOf, heard: this.listen });
    this.closers.push(() => bench.close());
    if (!this.options.hasWindow) return bench;
    const browser = await this.browser('bench');
    browser.page.on('close', () => {
      if (!this.isEnding) console.log(`weapp-host: the window was closed, the page is still on ${address}`);
    });
    await browser.page.goto(address);
    await bench.isOpenIn(browser.page);
    return bench;
  }

  private async browser(look: 'phone' | 'bench'): Promise<Browser> {
    const browser = await openChromium(look, this.options.hasSandbox);
    this.closers.push(browser.close);
    this.goOn();
    return browser;
  }

  /** A host that was told to end while it starts opens nothing more. */
  private goOn(): void {
    if (this.isEnding) throw new HostFault('told to end before the mini-program was there');
  }

  /** What is opened, when no error came on the way. An error that keeps the first page away is the one to tell of. */
  private async withoutError(opening: Promise<Driven>): Promise<Driven> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((resolve) => {
      this.broken = () => {
        timer ??= setTimeout(() => resolve(null), BROKEN_MS);
      };
    });
    const opened = await Promise.race([opening, late]).catch((error: unknown) => {
      if (this.exceptions.length === 0) throw error;
      return null;
    });
    clearTimeout(timer);
    opening.catch(() => undefined);
    const [first, ...more] = this.exceptions;
    if (first === undefined && opened !== null) return opened;
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    throw new HostFault(`${said(first)}${others}`);
  }

  private lineOf(persona: string, origin: () => string): Line {
    const { platformUrl, rewrites } = this.options;
    return new Line({ appId: this.project.appId, persona, platformUrl, rewrites, folder: this.folder, origin });
  }

  private heard(method: string, params: object): void {
    if (method === 'App.exceptionThrown') {
      const { exception } = params as { exception: Exception };
      exception.place = this.source.placeOf(exception.place);
      this.exceptions.push(exception);
      if (this.driven === null) this.broken();
      else console.error(`weapp-host: ${said(exception)}`);
    }
    this.automator?.emit(method, params);
  }

  private async answer(method: string, params: Record<string, unknown>): Promise<unknown> {
    const own = this.ownCommands()[method];
    return own === undefined ? this.command(method, params) : own(params);
  }

  private async command(method: string, params: object): Promise<unknown> {
    const said = await this.phone().command(method, params);
    if (said === undefined) throw new Error('the mini-program is not running');
    if (said.fault !== undefined) throw new Error(said.fault);
    return said.answer;
  }

  /** What needs the browser's driver rather than the mini-program. */
  private ownCommands(): Record<string, (params: Record<string, unknown>) => Promise<unknown>> {
    const refused = (why: string) => () => Promise.reject(new Error(why));
    return {
      'Element.tap': async (params) => {
        const { x, y } = (await this.command('Host.placeOf', params)) as { x: number; y: number };
        await this.phone().tap(x, y);
        await this.command('Host.settled', {});
        return {};
      },
      // On the bench the finger is a made-up one: there is no driver of that browser.
      'Host.pullDown': async (params) => {
        const { drag } = this.phone();
        if (drag === null) return this.command('Host.pullDown', params);
        const { from, to } = (await this.command('Host.pullPlace', params)) as { from: Place; to: Place };
        await drag(from, to);
        return {};
      },
      'Host.drag': async (params) => {
        const { drag } = this.phone();
        if (drag === null) throw new Error('nobody can drag in a browser that belongs to somebody');
        await drag(params.from as Place, params.to as Place);
        return {};
      },
      'App.captureScreenshot': async () => ({ data: (await this.phone().picture()).toString('base64') }),
      'App.exit': async () => ({}),
      'Tool.close': async () => {
        // After the answer has left.
        setTimeout(() => void this.close(), 50);
        return {};
      },
      'Tool.getInfo': async () => ({ SDKVersion: LIBRARY }),
      'Tool.enableRemoteDebug': refused('there is no phone to debug on: this is a local host'),
      'Tool.getTestAccounts': refused('test accounts belong to DevTools'),
      'Tool.stopAudits': refused('audits belong to DevTools'),
      'Tool.getTicket': refused('tickets belong to DevTools'),
      'Tool.setTicket': refused('tickets belong to DevTools'),
      'Tool.refreshTicket': refused('tickets belong to DevTools'),
      'Element.callContextMethod': refused('video is not implemented by this host'),
      'Host.report': async (params) => {
        const report = (await this.command('Host.report', params)) as { faults: Exception[] };
        const faults = report.faults.map((fault) => ({ ...fault, place: this.source.placeOf(fault.place) }));
        return { ...report, faults };
      },
      'Host.platformTap': async ({ selector }) => {
        await this.phone().platformTap(String(selector));
        return {};
      },
    };
  }

  private phone(): Driven {
    if (this.driven === null) throw new HostFault('the mini-program is not open');
    return this.driven;
  }
}

function said({ place, message }: Exception): string {
  return place === null ? message : `${place}: ${message}`;
}
