import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliOptions } from '../cli-options.js';
import type { Compilation } from '../compile/compile-project.js';
import { HostFault } from '../host-fault.js';
import type { Bridge } from '../logic/bridge.js';
import { LIBRARY } from '../logic/wx/library.js';
import type { Project } from '../project/project.js';
import { type AutomatorServer, startAutomatorServer } from './automator-server.js';
import { bundleScripts } from './bundles.js';
import { type Browser, openChromium } from './chromium.js';
import { Line } from './line.js';
import { page, returnedPage, script, startWebServer } from './web-server.js';

const READY_MS = 30_000;

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
  private automator: AutomatorServer | null = null;
  private browser: Browser | null = null;
  /** Ends when the mini-program was closed, by the SDK or by a signal. */
  readonly closed: Promise<void>;
  private end: () => void = () => undefined;

  constructor(
    private readonly project: Project,
    private readonly compilation: Compilation,
    private readonly options: HostOptions,
  ) {
    this.closed = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /** Throws a HostFault when the mini-program does not come up. */
  async open(): Promise<void> {
    const { packageFolder, port, open, path, scene, persona, rewrites, platformUrl } = this.options;
    const bundles = await bundleScripts(packageFolder);
    const { project, templates } = this.compilation;
    const entry = { url: path, scene };
    const start = { project, templates, options: { persona, entry, rewrites, hasPlatform: platformUrl !== null } };
    const web = await startWebServer({
      texts: {
        '/': page('/start.js', '/logic.js'),
        '/view': page('/view.js'),
        '/start.js': script(`window.__weappStart=${JSON.stringify(start)}`),
        '/logic.js': script(bundles.logic),
        '/view.js': script(bundles.view),
        '/returned': returnedPage,
      },
      folders: { files: this.project.root, kept: join(this.folder, 'kept') },
      writable: ['kept'],
    });
    this.closers.push(web.close);
    const browser = await openChromium({ isVisible: open });
    this.browser = browser;
    this.closers.push(browser.close);
    await this.connectBridge(web.origin);
    await browser.page.goto(web.origin);
    await this.untilReady();
    this.automator = await startAutomatorServer(port, (method, params) => this.answer(method, params));
    this.closers.push(this.automator.close);
  }

  async close(): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) await close();
    this.end();
  }

  private async connectBridge(origin: string): Promise<void> {
    const { persona, platformUrl, rewrites } = this.options;
    const { appId } = this.project;
    const line = new Line({ appId, persona, platformUrl, rewrites, folder: this.folder, origin: () => origin });
    const calls: Record<string, (...args: never[]) => unknown> = {
      emit: (method: string, params: object) => this.heard(method, params),
      request: line.request.bind(line),
      download: line.download.bind(line),
      keepPicture: line.keepPicture.bind(line),
      platform: line.platform.bind(line),
      platformPage: line.platformPage.bind(line),
    } satisfies Record<keyof Bridge, unknown>;
    const page = this.driven();
    await page.exposeFunction('__weappBridge', (name: string, args: never[]) => calls[name](...args));
  }

  private heard(method: string, params: object): void {
    if (method === 'App.exceptionThrown') {
      const { exception } = params as { exception: Exception };
      this.exceptions.push(exception);
      console.error(`weapp-host: ${exception.place === null ? '' : `${exception.place}: `}${exception.message}`);
    }
    this.automator?.emit(method, params);
  }

  /** A page that throws while it loads must not leave a white screen and a host that waits. */
  private async untilReady(): Promise<void> {
    const ready = this.driven().evaluate(() => window.__weappHost?.ready.then(() => null, String));
    const late = new Promise<string>((resolve) => {
      setTimeout(() => resolve(`the first page is not there after ${READY_MS / 1000} s`), READY_MS).unref();
    });
    const fault = await Promise.race([ready, late]);
    if (fault !== null && fault !== undefined) throw new HostFault(fault);
    const [first] = this.exceptions;
    if (first !== undefined) throw new HostFault(`${first.place ?? 'app.js'}: ${first.message}`);
  }

  private async answer(method: string, params: Record<string, unknown>): Promise<unknown> {
    const own = this.ownCommands()[method];
    return own === undefined ? this.command(method, params) : own(params);
  }

  private async command(method: string, params: object): Promise<unknown> {
    const said = await this.driven().evaluate(
      ([name, given]) => window.__weappHost?.command(name as string, given as object),
      [method, params] as const,
    );
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
        await this.driven().touchscreen.tap(x, y);
        await this.command('Host.settled', {});
        return {};
      },
      'App.captureScreenshot': async () => ({ data: (await this.driven().screenshot()).toString('base64') }),
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
      'Host.platformTap': async ({ selector }) => {
        await this.driven().frameLocator('iframe[name=platform]').locator(String(selector)).tap({ timeout: 10_000 });
        return {};
      },
    };
  }

  private driven() {
    if (this.browser === null) throw new HostFault('the browser is not open');
    return this.browser.page;
  }
}
