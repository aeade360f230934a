import {
  type Environment,
  EnvironmentError,
  EnvironmentReader,
  readEnvironment,
} from './platform/config/environment.js';

/** Reads and checks the whole environment. Throws EnvironmentError naming every fault at once. */
export function loadEnvironment(source: Readonly<Record<string, string | undefined>>): Environment {
  const reader = new EnvironmentReader(source);
  const environment = readEnvironment(reader);
  if (reader.faults.length > 0) throw new EnvironmentError(reader.faults);
  return environment;
}
