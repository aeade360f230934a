import { Image, View } from '@tarojs/components';
import { useState } from 'react';
import { mediaUrl } from '../api/media';
import './Picture.scss';

interface Props {
  url: string | null;
  /** Read out, and its first character stands in for a picture that is not there. */
  title: string;
  shape?: 'square' | 'hero';
  className?: string;
  /** The first picture of a page is not lazy. */
  eager?: boolean;
}

/** A picture in a frame whose size is known before it comes: nothing jumps, a missing one leaves a tinted ground. */
export function Picture({ url, title, shape = 'square', className = '', eager = false }: Props) {
  const [failed, setFailed] = useState(false);
  const address = mediaUrl(url);
  return (
    <View className={`picture picture--${shape} ${className}`}>
      {address === null || failed ? (
        <View className="picture__absent">{title.slice(0, 1)}</View>
      ) : (
        <Image
          className="picture__image"
          src={address}
          mode="aspectFill"
          lazyLoad={!eager}
          ariaLabel={title}
          onError={() => setFailed(true)}
        />
      )}
    </View>
  );
}
