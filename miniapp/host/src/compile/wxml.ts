import { TmplGroup } from 'glass-easel-template-compiler';
import { HostFault } from '../host-fault.js';
import { resolveFile, resolvePath } from '../project/paths.js';
import type { Project } from '../project/project.js';
import { isPackaged } from '../project/used-files.js';
import { BUILTIN_TAGS, LANGUAGE_TAGS } from './builtin-tags.js';
import { collectProperties, readWxml, type WxmlSource, type WxmlTag } from './wxml-source.js';
import { translateWxs } from './wxs.js';

interface Warning {
  isError: boolean;
  message: string;
  startLine: number;
  startColumn: number;
}

export interface CompiledTemplates {
  /** An expression whose value is the table of templates by path. */
  script: string;
  /** Attributes that the templates give to each built-in component. */
  properties: Record<string, string[]>;
  depths: Record<string, number>;
  /** Pages and components whose template has a slot with a name and one without. */
  mixedSlots: string[];
}

const withoutExtension = (file: string) => file.replace(/\.\w+$/, '');

/** The template with all that it imports, by path. */
function withImports(file: string, sources: Map<string, WxmlSource>, seen = new Set<string>()): Set<string> {
  const source = sources.get(file);
  if (source === undefined || seen.has(file)) return seen;
  seen.add(file);
  for (const { path, line } of source.imports) {
    const target = resolvePath(file, path.endsWith('.wxml') ? path : `${path}.wxml`);
    if (!sources.has(target)) throw new HostFault(`imports "${path}", which does not exist`, { file, line });
    withImports(target, sources, seen);
  }
  return seen;
}

/** What `usingComponents` names must be there. */
function checkPaths({ texts }: Project, owner: string, using: Record<string, string>): void {
  for (const [name, path] of Object.entries(using)) {
    const target = resolveFile(owner, path, (file) => texts.has(`${file}.wxml`));
    if (path.includes('://') || texts.has(`${target}.wxml`)) continue;
    throw new HostFault(`the component "${name}" has no ${target}.wxml`, { file: `${owner}.json` });
  }
}

/** The tags of its template and of what that imports. */
function tagsOf(owner: string, sources: Map<string, WxmlSource>): (WxmlTag & { file: string })[] {
  return [...withImports(`${owner}.wxml`, sources)].flatMap((file) =>
    (sources.get(file)?.tags ?? []).map((tag) => ({ ...tag, file })),
  );
}

/** A tag must be WeChat's or named in `usingComponents` of the page or the app. */
function checkTags(project: Project, owner: string, sources: Map<string, WxmlSource>): void {
  const own = (project.configs.get(owner)?.usingComponents ?? {}) as Record<string, string>;
  const generics = project.configs.get(owner)?.componentGenerics ?? {};
  const using = { ...project.app.usingComponents, ...own, ...generics };
  checkPaths(project, owner, own);
  for (const { file, name, line } of tagsOf(owner, sources)) {
    if (BUILTIN_TAGS.has(name) || LANGUAGE_TAGS.has(name) || name in using) continue;
    throw new HostFault(`<${name}> is no component of WeChat and ${owner}.json does not name it`, { file, line });
  }
}

/** Its template has a slot with a name and one without. */
function mixesSlots(owner: string, sources: Map<string, WxmlSource>): boolean {
  const slots = tagsOf(owner, sources)
    .filter(({ name }) => name === 'slot')
    .map(({ attributes }) => attributes.has('name'));
  return slots.includes(true) && slots.includes(false);
}

function ownersOf(project: Project): string[] {
  const components = [...project.configs].filter(([, config]) => config.component === true).map(([path]) => path);
  return [...new Set([...project.pages, ...components])].filter((owner) => project.texts.has(`${owner}.wxml`));
}

const BEGINNING = { line: 1, column: 0 };

/** Compiles every template; a warning is an error. Throws a HostFault at the first one. */
export function compileTemplates(project: Project): CompiledTemplates {
  const group = new TmplGroup();
  const properties = new Map<string, Set<string>>();
  const sources = new Map<string, WxmlSource>();
  for (const [file, text] of project.texts) {
    // Its last line may be a comment.
    if (file.endsWith('.wxs')) group.addScript(withoutExtension(file), translateWxs(`${text}\n`, file, BEGINNING));
    if (!file.endsWith('.wxml')) continue;
    const source = readWxml(text, file);
    sources.set(file, source);
    collectProperties(source, properties);
    const warnings = group.addTmpl(withoutExtension(file), source.renamed) as Warning[];
    // What WeChat's compiler only minds is for a package's author to mend.
    const [warning] = isPackaged(file) ? warnings.filter(({ isError }) => isError) : warnings;
    if (warning !== undefined) {
      throw new HostFault(warning.message, { file, line: warning.startLine + 1, column: warning.startColumn + 1 });
    }
  }
  checkPaths(project, 'app', project.app.usingComponents);
  const owners = ownersOf(project);
  for (const owner of owners) checkTags(project, owner, sources);
  const script = group.getTmplGenObjectGroups();
  group.free();
  return {
    script,
    properties: Object.fromEntries([...properties].map(([tag, names]) => [tag, [...names]])),
    mixedSlots: owners.filter((owner) => mixesSlots(owner, sources)),
    depths: Object.fromEntries([...sources].map(([file, { depth }]) => [file, depth])),
  };
}
