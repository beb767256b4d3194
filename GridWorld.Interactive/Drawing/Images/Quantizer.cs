namespace GridWorld;

/// <summary>
/// Reduces the number of colors by Heckbert's median cut (SIGGRAPH 1982). A picture with at most 256 colors is a third of the size.
/// </summary>
internal static class Quantizer
{
    /// <summary>Returns the pixels with at most <paramref name="most"/> different colors.</summary>
    public static Color[] Reduce(ReadOnlySpan<Color> pixels, int most)
    {
        var counts = new Dictionary<Color, int>();
        foreach (var pixel in pixels)
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, pixel, out _)++;
        if (counts.Count <= most)
            return pixels.ToArray();
        // The colors of large areas stay as they are; the rest are blends on edges and the map's gradient.
        var large = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => Order(pair.Key)).Take(most * 5 / 8).Select(pair => pair.Key)
            .ToHashSet();
        var boxes = Cut([.. counts.Where(pair => !large.Contains(pair.Key)).OrderBy(pair => Order(pair.Key))
            .Select(pair => (pair.Key, Math.Sqrt(pair.Value)))], most - large.Count);
        var stands = large.ToDictionary(color => color);
        foreach (var box in boxes)
        {
            var mean = Mean(box);
            foreach (var (color, _) in box)
                stands[color] = mean;
        }

        var reduced = new Color[pixels.Length];
        for (int i = 0; i < reduced.Length; i++)
            reduced[i] = stands[pixels[i]];
        return reduced;
    }

    static List<(Color Color, double Weight)[]> Cut((Color Color, double Weight)[] all, int most)
    {
        var boxes = new PriorityQueue<(Color Color, double Weight)[], double>();
        var done = new List<(Color Color, double Weight)[]>();
        boxes.Enqueue(all, 0);
        while (boxes.Count + done.Count < most && boxes.TryDequeue(out var box, out _))
        {
            if (box.Length < 2)
            {
                done.Add(box);
                continue;
            }

            int channel = Enumerable.Range(0, 3).MaxBy(c => Spread(box, c));
            Array.Sort(box, (a, b) => Channel(a.Color, channel) != Channel(b.Color, channel)
                ? Channel(a.Color, channel).CompareTo(Channel(b.Color, channel)) : Order(a.Color).CompareTo(Order(b.Color)));
            double half = box.Sum(c => c.Weight) / 2, sum = 0;
            int cut = 0;
            while (cut < box.Length - 1 && (sum += box[cut].Weight) < half)
                cut++;
            cut = Math.Clamp(cut, 1, box.Length - 1);
            foreach (var part in new[] { box[..cut], box[cut..] })
                boxes.Enqueue(part, -Enumerable.Range(0, 3).Max(c => Spread(part, c)) * part.Sum(c => c.Weight));
        }

        done.AddRange(boxes.UnorderedItems.Select(item => item.Element));
        return done;
    }

    static Color Mean((Color Color, double Weight)[] box)
    {
        double weight = box.Sum(c => c.Weight);
        return new(Of(0), Of(1), Of(2));

        byte Of(int channel) => (byte)Math.Round(box.Sum(c => Channel(c.Color, channel) * c.Weight) / weight);
    }

    static int Spread((Color Color, double Weight)[] box, int channel) =>
        box.Max(c => Channel(c.Color, channel)) - box.Min(c => Channel(c.Color, channel));

    static int Channel(Color color, int channel) => channel switch { 0 => color.R, 1 => color.G, _ => color.B };

    static int Order(Color color) => color.R << 16 | color.G << 8 | color.B;
}
