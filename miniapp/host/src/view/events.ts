import { glassEasel as engine } from 'glass-easel-miniprogram-adapter';
import type { Data } from '../logic/data-path.js';

interface EngineElement {
  id?: string;
  dataset?: Data;
  getBackendElement?(): HTMLElement | null;
}

interface EngineEvent {
  type: string;
  timeStamp: number;
  detail: unknown;
  target: EngineElement & { _$?: EngineElement };
  currentTarget: EngineElement & { _$?: EngineElement };
  mark: Data | null;
  getOriginalEvent?(): { touches?: TouchList; changedTouches?: TouchList } | undefined;
}

const touchesOf = (list: TouchList | undefined) =>
  [...(list ?? [])].map(({ identifier, pageX, pageY, clientX, clientY }) => {
    return { identifier, pageX, pageY, clientX, clientY, force: 1 };
  });

function targetOf(target: EngineEvent['target']): Data {
  const element = target._$ ?? target;
  const shown = element.getBackendElement?.() ?? null;
  const { offsetLeft = 0, offsetTop = 0 } = shown ?? {};
  return { id: element.id ?? '', dataset: { ...element.dataset }, offsetLeft, offsetTop };
}

function detailOf(type: string, detail: unknown): unknown {
  if (type === 'tap' || type === 'longpress') {
    const { x, y } = detail as { x?: number; y?: number };
    return { x, y };
  }
  return /^(touch|animation|transition)/.test(type) ? {} : (detail ?? {});
}

export function isEvent(value: unknown): value is EngineEvent {
  return value instanceof engine.Event || typeof (value as Data | null)?.wrapShadowedEvent === 'function';
}

/** A component of the mini-program says it, and the page hears it: both are scripts, nothing crosses the bridge. */
export function isSaidByScript(event: EngineEvent): boolean {
  const target = event.target as { _$?: unknown; tag?: string; getMethodCaller?(): { tag?: string } };
  const caller = target._$ === undefined ? target.getMethodCaller?.() : target;
  return caller !== undefined && caller.tag === undefined && event.getOriginalEvent?.() === undefined;
}

/** The plain object that WeChat hands to a handler. */
export function plainEvent(event: EngineEvent): Data {
  const original = event.getOriginalEvent?.();
  const plain: Data = {
    type: event.type,
    timeStamp: event.timeStamp,
    detail: detailOf(event.type, event.detail),
    target: targetOf(event.target),
    currentTarget: targetOf(event.currentTarget),
    mark: event.mark ?? {},
    mut: false,
  };
  if (original?.changedTouches) {
    plain.touches = touchesOf(original.touches);
    plain.changedTouches = touchesOf(original.changedTouches);
  }
  return plain;
}
