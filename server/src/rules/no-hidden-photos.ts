import { ownValue } from '../model/effective.ts';
import { rule } from '../linter/rule.ts';

const size = 'MaxPhotoSizeKB';
/** In KB. Source: "How user photos are displayed in Lync". */
export const largestPhoto = 100;

export default rule({
  id: 'no-hidden-photos',
  severity: 'hint',
  group: 'exchange',
  summary: 'Photos that are allowed and cannot be shown, and photo sizes that do not exist.',
  why: 'MaxPhotoSizeKB is the largest photo that a client shows, from 0 to 100. With 0 it shows none, whatever DisplayPhoto says; more than 100 is refused. Source: "How user photos are displayed in Lync"; help of New-CsClientPolicy.',
  remedy:
    'Set MaxPhotoSizeKB between 1 and 100, or DisplayPhoto to NoPhoto if no photos are meant to be shown.',
  sections: ['CsClientPolicy'],
  object: function* (policy) {
    const { value, property } = ownValue(policy, size);
    if (!property || typeof value !== 'number') return;
    if (value > largestPhoto)
      yield {
        at: policy.placeOf(property),
        severity: 'error',
        message: `${size} is at most ${largestPhoto} (KB), and ${value} is refused. Write a number from 1 to ${largestPhoto}.`,
      };
    if (value !== 0 || ownValue(policy, 'DisplayPhoto').value !== 'AllPhotos') return;
    yield {
      at: policy.placeOf(property),
      message: `'${policy.subject}' allows all photos, and shows none: ${size} is 0. Set a size from 1 to ${largestPhoto}, or DisplayPhoto to NoPhoto if that is meant.`,
    };
  },
  fixes: function* ({ object }) {
    if (!object) return;
    const value = ownValue(object, size).value;
    if (typeof value === 'number' && value > largestPhoto)
      yield {
        title: `Set ${size} ${largestPhoto}`,
        changes: [{ kind: 'set', object, property: size, value: largestPhoto }],
      };
    else
      yield {
        title: 'Set DisplayPhoto NoPhoto',
        changes: [{ kind: 'set', object, property: 'DisplayPhoto', value: 'NoPhoto' }],
        // Photos may have been meant.
        onlyByHand: true,
      };
  },
  shell: [
    {
      text: 'To show photos:',
      commands: ["Set-CsClientPolicy -Identity 'Global' -MaxPhotoSizeKB 30"],
    },
  ],
  examples: {
    bad: [
      `CsClientPolicy:
  - Identity: Global
    DisplayPhoto: AllPhotos
    MaxPhotoSizeKB: 0
    #               ^ hint no-hidden-photos
`,
      `CsClientPolicy:
  - Identity: Global
    MaxPhotoSizeKB: 500
    #               ^^^ error no-hidden-photos
`,
    ],
    good: [`CsClientPolicy:\n  - { Identity: Global, DisplayPhoto: AllPhotos, MaxPhotoSizeKB: 100 }\n`],
    near: [
      `# No photos, and that is said.
CsClientPolicy:
  - { Identity: Global, DisplayPhoto: NoPhoto, MaxPhotoSizeKB: 0 }
`,
    ],
  },
});
