import {
  type Environment,
  EnvironmentError,
  EnvironmentReader,
  readEnvironment,
} from './platform/config/environment.js';
import { readWechatConfig, readWecomConfig, type WechatConfig, type WecomConfig } from './wechat/wechat.public.js';

/** All that the process is told from outside. */
export interface LoadedEnvironment {
  environment: Environment;
  wechat: WechatConfig;
  /** Null: a shop without WeCom. */
  wecom: WecomConfig | null;
}

/** Reads and checks the whole environment. Throws EnvironmentError naming every fault at once. */
export function loadEnvironment(source: Readonly<Record<string, string | undefined>>): LoadedEnvironment {
  const reader = new EnvironmentReader(source);
  const environment = readEnvironment(reader);
  const wechat = readWechatConfig(reader, environment.production);
  const wecom = readWecomConfig(reader, environment.production);
  if (reader.faults.length > 0) throw new EnvironmentError(reader.faults);
  return { environment, wechat, wecom };
}
