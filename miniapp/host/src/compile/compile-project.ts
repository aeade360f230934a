import type { AppConfig } from '../project/app-config.js';
import type { Project } from '../project/project.js';
import type { Json } from '../project/read-json.js';
import { compileScripts } from './scripts.js';
import { passGate } from './wcc-gate.js';
import { compileTemplates } from './wxml.js';
import { compileStyles } from './wxss.js';

/** What the browser gets of a mini-program. */
export interface CompiledProject {
  appId: string;
  app: AppConfig;
  pages: string[];
  configs: Record<string, Json>;
  scripts: Record<string, string>;
  styles: Record<string, string>;
  /** Attributes that templates give to built-in components. */
  properties: Record<string, string[]>;
  /** Pages and components whose template has a slot with a name and one without. */
  mixedSlots: string[];
}

export interface Compilation {
  project: CompiledProject;
  /** An expression whose value is the table of templates by path. */
  templates: string;
}

/** Throws a HostFault that names the file and the line. */
export async function compileProject(project: Project, packageFolder: string): Promise<Compilation> {
  const scripts = compileScripts(project);
  const { script, properties, mixedSlots } = compileTemplates(project);
  const styles = compileStyles(project);
  await passGate(project, packageFolder);
  const { appId, app, pages, configs } = project;
  return {
    project: { appId, app, pages, configs: Object.fromEntries(configs), scripts, styles, properties, mixedSlots },
    templates: script,
  };
}
