import type { ShareLink } from '@mall/shared/guides';
import { Image, Text, View } from '@tarojs/components';
import { Press } from '../../../components/Press';
import { Block } from '../../../components/Skeleton';
import { showWhole } from '../../../platform/share';
import { posterWords } from './share-words';
import type { Poster } from './use-poster';

/** That of the whole mall has no title and no price, and is shorter. */
const shapeOf = (ofProduct: boolean) => (ofProduct ? 'poster' : 'poster poster--mall');

export function PosterSkeleton({ ofProduct }: { ofProduct: boolean }) {
  return (
    <View className={`${shapeOf(ofProduct)} poster--waiting`}>
      <Block shape="hero" />
      <View className="poster__lines">
        <Block shape="title" />
        <Block shape="short" />
      </View>
    </View>
  );
}

/** The poster in a frame of its own shape: waiting, there, or not to be had now. */
export function PosterFrame({ poster, link }: { poster: Poster; link: ShareLink }) {
  const { file, problem, retry } = poster;
  const ofProduct = link.productId !== null;
  if (file !== null) {
    return (
      <View className="poster-room">
        <Press
          id="show-poster"
          className={shapeOf(ofProduct)}
          label={`${link.title}的海报，轻点看大图`}
          onPress={() => showWhole(file)}
        >
          <Image className="poster__image" src={file} mode="aspectFit" />
        </Press>
        <Text className="poster__note">轻点看大图</Text>
      </View>
    );
  }
  if (problem === null) {
    return (
      <View className="poster-room">
        <PosterSkeleton ofProduct={ofProduct} />
        <Text className="poster__note">正在做海报</Text>
      </View>
    );
  }
  const words = posterWords(problem);
  return (
    <View className="poster-room">
      <View className="poster poster--absent">
        <Text className="poster__title">{words.title}</Text>
        <Text className="poster__hint">{words.hint}</Text>
        <Press id="retry-poster" className="poster__retry button button--quiet" onPress={() => retry?.()}>
          再试一次
        </Press>
      </View>
    </View>
  );
}
