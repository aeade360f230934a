import { type Files, type WrittenProject, writeProject } from '../host/test/project-for-tests.js';
import { WeappPerson } from './weapp-person-for-tests.js';
import { openPhone, type StagedPhone } from './weapp-stage-for-tests.js';

/** A first page in which these lines run once it is told to, when nobody waits for what comes of them. */
function later(lines: string): Files {
  const soon = `setTimeout(() => {\n${lines}\n})`;
  return { 'pages/home/index.js': `Page({ data: { word: "早" }, goesOn() { ${soon} } })` };
}

async function goesOn({ mini }: StagedPhone): Promise<void> {
  await (await mini.currentPage())?.callMethod('goesOn');
}

const THROWN = 'pages/home/index.js:3:7 the shelf is empty';
const throws = later('setTimeout(() => this.setData({ word: "晚" }));\nthrow new Error("the shelf is empty");');
const complains = later('console.error("the shelf", 7);\nthis.setData({ word: "晚" });');

let project: WrittenProject | null = null;

const opening = (files: Files) => {
  project = writeProject(files);
  return { project: project.folder, persona: 'anybody' };
};

afterEach(() => project?.remove());

// DevTools run the mini-program of a project that they know, and tell nothing of before.
const onHost = process.env.WEAPP_CLI ? describe.skip : describe;

onHost('the weapp build on the local host: an error soon after the first screen', () => {
  it('is known although nobody listened when it was thrown, and the phone is not put away in silence', async () => {
    const phone = await openPhone(opening(throws));
    await goesOn(phone);
    let met = await phone.met();
    while (met.faults.length === 0) met = await phone.met();
    expect(met.faults.map(({ place, message }) => `${place} ${message}`)).toEqual([THROWN]);
    const person = await WeappPerson.takes(phone);
    expect(person.faults).toEqual([THROWN]);
    await expect(phone.close()).rejects.toThrow(`weapp-host: 1 error while the mini-program ran`);
  });

  it('is among the faults of who has the phone, once, and she does not leave in silence', async () => {
    const phone = await openPhone(opening(throws));
    const person = await WeappPerson.takes(phone);
    await goesOn(phone);
    await person.reads('晚');
    expect(person.faults).toEqual([THROWN]);
    await expect(person.leaves()).rejects.toThrow('the shelf is empty');
  });

  it('is one too when it was only said on the console', async () => {
    const phone = await openPhone(opening(complains));
    await goesOn(phone);
    const person = await WeappPerson.takes(phone);
    await person.reads('晚');
    expect(person.faults).toEqual(['the shelf 7']);
    await expect(person.leaves()).rejects.toThrow('the shelf 7');
  });

  it('is none where nothing went wrong', async () => {
    const person = await WeappPerson.arrives(opening({}));
    await person.reads('早');
    expect(person.faults).toEqual([]);
    await person.leaves();
  });
});
