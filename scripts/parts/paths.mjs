import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone, wherever the command was called from. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @param {...string} segments path below the clone's root */
export const inRoot = (...segments) => join(root, ...segments);

/** Everything that a run leaves behind (database, secrets, logs) goes here; VAR_DIR moves it elsewhere. */
export const varDirectory = () => process.env.VAR_DIR ?? inRoot('var');
