package org.fovea.generator.darknet;

import java.util.LinkedHashMap;
import java.util.Map;

/** Small networks, each about one rule of Darknet's. */
final class Networks {
  private static final String NET = "[net]\nwidth=%d\nheight=%d\nchannels=%d\n";
  private static final String START =
      NET.formatted(10, 8, 3) + "[convolutional]\nfilters=4\nsize=1\nactivation=linear\n";

  private Networks() {}

  static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    for (int size : new int[] {1, 2, 3, 5}) {
      for (int stride : new int[] {1, 2, 3}) {
        for (String pad : new String[] {"pad=0", "pad=1", "padding=1"}) {
          all.put(
              "conv %dx%d/%d %s".formatted(size, size, stride, pad),
              convolution(9, 8, 3, "filters=5\nsize=" + size + "\nstride=" + stride + "\n" + pad));
        }
      }
    }
    String pad = "size=3\npad=1\n";
    all.put(
        "conv stride_x stride_y", convolution(9, 8, 3, pad + "filters=2\nstride_x=2\nstride_y=1"));
    all.put("batch normalisation", convolution(5, 5, 3, pad + "filters=6\nbatch_normalize=1"));
    for (String activation : new String[] {"leaky", "relu", "relu6"}) {
      all.put(activation, convolution(5, 5, 3, pad + "filters=6\nactivation=" + activation));
    }
    all.put("depthwise", convolution(6, 5, 4, pad + "filters=4\ngroups=4\nbatch_normalize=1"));
    all.put("depthwise x3", convolution(6, 5, 4, pad + "filters=12\ngroups=4\nstride=2"));
    all.put("two groups", convolution(6, 5, 4, pad + "filters=6\ngroups=2\nbatch_normalize=1"));
    for (int size : new int[] {1, 2, 3, 5, 9}) {
      for (int stride : new int[] {1, 2, 3}) {
        all.put(
            "maxpool %d/%d".formatted(size, stride),
            START + "[maxpool]\nsize=%d\nstride=%d\n".formatted(size, stride));
        all.put(
            "maxpool %d/%d odd".formatted(size, stride),
            NET.formatted(9, 7, 2)
                + "[convolutional]\nfilters=2\nactivation=linear\n[maxpool]\nsize=%d\nstride=%d\n"
                    .formatted(size, stride));
      }
    }
    all.put("maxpool padding=0", START + "[maxpool]\nsize=3\nstride=2\npadding=0\n");
    all.put("maxpool of stride alone", START + "[maxpool]\nstride=2\n");
    String second = "[convolutional]\nfilters=6\nsize=3\npad=1\nactivation=leaky\n";
    all.put("route back", START + second + "[route]\nlayers=-2\n");
    all.put("route two", START + second + "[route]\nlayers=-1,0\n");
    all.put("route part", START + second + "[route]\nlayers=-1\ngroups=2\ngroup_id=1\n");
    all.put("route parts", START + second + "[route]\nlayers=-1,-2\ngroups=2\ngroup_id=0\n");
    String same = "[convolutional]\nfilters=4\nsize=3\npad=1\nactivation=leaky\n";
    all.put("shortcut", START + same + "[shortcut]\nfrom=-2\nactivation=linear\n");
    all.put("shortcut leaky", START + same + "[shortcut]\nfrom=0\nactivation=leaky\n");
    all.put("shortcut relu", START + same + "[shortcut]\nfrom=0\nactivation=relu\n");
    all.put("shortcut two", START + same + same + "[shortcut]\nfrom=-2,-3\nactivation=leaky\n");
    all.put("upsample", START + "[upsample]\nstride=2\n");
    all.put("upsample 3", START + "[upsample]\nstride=3\n");
    all.put(
        "dropout counts", START + "[dropout]\nprobability=.5\n" + same + "[route]\nlayers=-3,-1\n");
    all.put("tiny yolov2", tinyYolov2());
    all.put("two yolo heads", twoHeads());
    return all;
  }

  private static String convolution(int width, int height, int channels, String options) {
    String activation = options.contains("activation") ? "" : "activation=linear\n";
    return NET.formatted(width, height, channels)
        + "[convolutional]\n"
        + options
        + "\n"
        + activation;
  }

  /** Five anchors and six classes on 3 x 2 cells of 16 pixels. */
  static String tinyYolov2() {
    StringBuilder cfg = new StringBuilder(NET.formatted(48, 32, 3));
    for (int filters = 4; filters <= 32; filters *= 2) {
      cfg.append("[convolutional]\nbatch_normalize=1\nsize=3\nstride=1\npad=1\nactivation=leaky\n");
      cfg.append("filters=").append(filters).append("\n\n");
      cfg.append("[maxpool]\nsize=2\nstride=2\n\n");
    }
    cfg.append("[convolutional]\nsize=1\nstride=1\npad=1\nfilters=55\nactivation=linear\n\n");
    cfg.append("[region]\nanchors = 0.5,0.75, 1,1.5, 1.25,2, 2.5,2, 3,1\nclasses=6\ncoords=4\n");
    cfg.append("num=5\nsoftmax=1\njitter=.2\nrescore=1\n");
    return cfg.toString();
  }

  static String twoHeads() {
    String anchors = "anchors = 10,14, 23,27, 37,58, 81,82\nclasses=2\nnum=4\nscale_x_y = 1.05\n";
    return NET.formatted(32, 32, 3)
        + "[convolutional]\nsize=3\nstride=2\npad=1\nfilters=6\nactivation=leaky\n"
        + "[maxpool]\nsize=2\nstride=2\n"
        + "[convolutional]\nsize=1\nfilters=14\nactivation=linear\n"
        + "[yolo]\nmask = 2,3\n"
        + anchors
        + "[route]\nlayers=-3\n"
        + "[upsample]\nstride=2\n"
        + "[route]\nlayers=-1,0\n"
        + "[convolutional]\nsize=1\nfilters=14\nactivation=linear\n"
        + "[yolo]\nmask = 0,1\n"
        + anchors;
  }
}
