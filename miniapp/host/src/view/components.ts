import { glassEasel as engine } from 'glass-easel-miniprogram-adapter';
import type { Data } from '../logic/data-path.js';
import type { Definition } from '../logic/module-loader.js';
import type { Json } from '../project/read-json.js';
import type { CodeSpace } from './engine.js';
import { isEvent, plainEvent } from './events.js';
import { host } from './view-host.js';
import { WX_BEHAVIORS } from './wx-behaviors.js';
import { withWxsInstances } from './wxs-instance.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;
interface Attached {
  is: string;
  getBackendElement(): HTMLElement | null;
  triggerLifetime(name: string, args: unknown[]): void;
}

/** Types of properties are constructors of the logic layer's realm. */
function ownType(type: unknown): unknown {
  return typeof type === 'function' ? (window as unknown as Data)[type.name] : type;
}

function ownProperties(properties: Data): Data {
  const own = Object.entries(properties).map(([name, given]) => {
    if (typeof given !== 'object' || given === null) return [name, ownType(given)];
    return [name, { ...given, type: ownType((given as Data).type) }];
  });
  return Object.fromEntries(own);
}

function withPlainEvents(methods: Data): Data {
  const own = Object.entries(methods).map(([name, method]) => [
    name,
    function call(this: unknown, first: unknown, ...rest: unknown[]) {
      return (method as Method).call(this, isEvent(first) ? plainEvent(first) : first, ...rest);
    },
  ]);
  return Object.fromEntries(own);
}

/** What a component asks about its own elements, answered like the page's questions. */
function withLooks(definition: Data): Data {
  const looks = {
    createSelectorQuery(this: unknown) {
      return host.selectorQuery(this);
    },
    createIntersectionObserver(this: unknown, options?: object) {
      return host.intersectionObserver(this, options);
    },
  };
  return { ...definition, methods: { ...looks, ...(definition.methods as Data) } };
}

/** The components of the mini-program that one page uses. */
export class Components {
  private readonly known = new Set<string>();
  private readonly behaviors = new Map<unknown, unknown>();
  /** Components that wait for the page to be seen first; null when it is. */
  private waiting: Attached[] | null = [];

  constructor(
    private readonly space: CodeSpace,
    private readonly templates: Record<string, unknown>,
    private readonly addStyle: (text: string) => void,
  ) {
    const attached = (component: Attached) => this.attached(component);
    const everyone = space.getComponentSpace().defineBehavior({
      lifetimes: {
        created(this: { _$: Attached }) {
          // What `:host` of its style means. A virtual host has no element.
          this._$.getBackendElement()?.setAttribute('wx-host', this._$.is);
        },
        attached(this: { _$: Attached }) {
          attached(this._$);
        },
      },
    } as never);
    space.setOverallBehavior(everyone as never);
  }

  /** The page can be seen: components are ready before it is. */
  ready(): void {
    const waiting = this.waiting ?? [];
    this.waiting = null;
    for (const component of waiting) component.triggerLifetime('ready', []);
  }

  addTemplate(path: string, config: Json): void {
    const using = (config.usingComponents ?? {}) as Record<string, string>;
    const named = (from: string, paths: Record<string, string>) =>
      Object.entries(paths).map(([name, target]) => [name, host.componentPath(from, target)]);
    const absolute: Record<string, string> = {};
    for (const [name, component] of [...named('app', host.appComponents), ...named(path, using)]) {
      absolute[name] = `/${component}`;
      this.add(component);
    }
    this.space.addComponentStaticConfig(path, { ...config, usingComponents: absolute } as never);
    const { templates } = this;
    this.space.addCompiledTemplate(path, { groupList: templates, content: withWxsInstances(templates[path]) } as never);
  }

  private add(path: string): void {
    if (this.known.has(path)) return;
    this.known.add(path);
    const { definition, config, mixesSlots } = host.component(path);
    // One frame is one page and its styles are few: they are not kept apart, as DevTools' own would be.
    this.addTemplate(path, { ...config, component: true, styleIsolation: 'shared' });
    this.addStyle(host.styleOf(path));
    const own = withLooks(this.own(definition));
    // What has no name belongs into the slot without one, also where the component forgot `multipleSlots`: the engine
    // would put all of it into the first slot.
    if (mixesSlots) own.options = { multipleSlots: true, ...(own.options as Data) };
    this.space.componentEnv(path, ({ Component }) => Component(own as never));
  }

  /** The definition as this frame understands it. */
  private own(definition: Definition): Data {
    const { properties, methods, behaviors, relations } = definition as Definition & {
      properties?: Data;
      behaviors?: unknown[];
      relations?: Record<string, Data>;
    };
    return {
      ...definition,
      properties: ownProperties(properties ?? {}),
      methods: withPlainEvents(methods ?? {}),
      behaviors: (behaviors ?? []).map((each) => this.behaviorOf(each)),
      relations: this.relationsOf(relations ?? {}),
    };
  }

  /** A relation may be with whatever has a certain behavior. */
  private relationsOf(relations: Record<string, Data>): Data {
    const own = Object.entries(relations).map(([path, { target, ...rest }]) => [
      path,
      // The adapter hands relations on as they are: it must be the engine's own behavior.
      target ? { ...rest, target: (this.behaviorOf(target) as { _$: unknown })._$ } : rest,
    ]);
    return Object.fromEntries(own);
  }

  private behaviorOf(given: unknown): unknown {
    const made = this.behaviors.get(given);
    if (made !== undefined) return made;
    const definition = typeof given === 'string' ? WX_BEHAVIORS[given] : (given as Definition);
    if (definition === undefined) throw new Error(`the behavior "${given}" is not implemented by this host`);
    const behavior = this.space
      .behavior()
      .definition(this.own(definition) as never)
      .register();
    this.behaviors.set(given, behavior);
    return behavior;
  }

  private attached(component: Attached): void {
    if (this.waiting === null) setTimeout(() => component.triggerLifetime('ready', []));
    else this.waiting.push(component);
  }
}

/** What throws inside a component of the mini-program is an error of the run. */
export function reportComponentErrors(): void {
  engine.addGlobalErrorListener((error) => {
    host.report(error);
    return false;
  });
}
