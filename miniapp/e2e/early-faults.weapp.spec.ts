import { type Files, type WrittenProject, writeProject } from '../host/test/project-for-tests.js';
import { WeappPerson } from './weapp-person-for-tests.js';
import { openPhone } from './weapp-stage-for-tests.js';

/** Its first page is there, and a moment later, when the host waits for whoever drives it, these lines run. */
function soonAfter(lines: string): Files {
  const soon = `setTimeout(() => {\n${lines}\n}, 120)`;
  return { 'pages/home/index.js': `Page({ data: { word: "早" }, onReady() { ${soon} } })` };
}

const THROWN = 'pages/home/index.js:3:7 the shelf is empty';
const throws = soonAfter('setTimeout(() => this.setData({ word: "晚" }));\nthrow new Error("the shelf is empty");');
const complains = soonAfter('console.error("the shelf", 7);\nthis.setData({ word: "晚" });');

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
    let met = await phone.met();
    while (met.faults.length === 0) met = await phone.met();
    expect(met.faults.map(({ place, message }) => `${place} ${message}`)).toEqual([THROWN]);
    const person = await WeappPerson.takes(phone);
    expect(person.faults).toEqual([THROWN]);
    await expect(phone.close()).rejects.toThrow(`weapp-host: 1 error while the mini-program ran`);
  });

  it('is among the faults of who has the phone, once, and she does not leave in silence', async () => {
    const person = await WeappPerson.arrives(opening(throws));
    await person.reads('晚');
    expect(person.faults).toEqual([THROWN]);
    await expect(person.leaves()).rejects.toThrow('the shelf is empty');
  });

  it('is one too when it was only said on the console', async () => {
    const person = await WeappPerson.arrives(opening(complains));
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
