import { Swiper, SwiperItem, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Picture } from '../../../components/Picture';

/** The photographs, 4:5; one alone does not swipe. */
export function Hero({ images, title }: { images: string[]; title: string }) {
  const [at, setAt] = useState(0);
  if (images.length <= 1) return <Picture url={images[0] ?? null} title={title} shape="hero" eager />;
  return (
    <View className="hero">
      <View className="hero__room">
        <Swiper className="hero__swiper" current={at} onChange={(event) => setAt(event.detail.current)}>
          {images.slice(0, 9).map((image, index) => (
            <SwiperItem key={image}>
              <Picture url={image} title={title} shape="hero" eager={index === 0} />
            </SwiperItem>
          ))}
        </Swiper>
      </View>
      <Text className="hero__count">{`${at + 1} / ${Math.min(images.length, 9)}`}</Text>
    </View>
  );
}
