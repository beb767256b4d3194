using System.Text.Json;

namespace GridWorld.Tests;

/// <summary>Animations as the browser's own decoder reads them.</summary>
public sealed class GifImageTests(BrowserFixture browser)
{
    const int Width = 120, Height = 90;

    [Fact]
    public async Task Every_picture_comes_back_as_it_was()
    {
        // Noise fills the table of codes several times; large areas and equal pictures take the shortest codes.
        var (rng, _, _) = Rng.Streams(5);
        Color Noise() => new((byte)(rng.Next() >> 62), (byte)(rng.Next() >> 61), (byte)(rng.Next() >> 62));
        Color[] noise = [.. Enumerable.Range(0, Width * Height).Select(_ => Noise())], plain = [.. noise.Select(_ => Color.Good)];
        Color[][] pictures = [plain, noise, noise, [.. noise.Select((c, i) => i % 7 == 0 ? Color.Card : c)], plain];
        var gif = new GifImage(Width, Height);
        foreach (var picture in pictures)
            gif.Add(picture, 20);

        var (seen, seconds) = await DecodeAsync(gif.ToArray());

        Assert.Equal(pictures.Length, seen.Count);
        Assert.All(seconds, s => Assert.Equal(0.2, s, 1e-9));
        for (int k = 0; k < pictures.Length; k++)
            Assert.Equal(pictures[k], seen[k]);
    }

    [Fact]
    public async Task Animation_of_a_run_ends_with_its_picture()
    {
        var run = Trained.In(Worlds.CliffWalking(), 300);

        var (gif, frames) = RunAnimation.Write(run, 4, TestContext.Current.CancellationToken);

        var (seen, seconds) = await DecodeAsync(gif);
        var status = run.StatusWithSolution();
        var last = new Raster(RunPicture.DrawNamed(run, status with { State = RunState.Training, StepsPerSecond = 0 },
            PictureScales.Of(run, status)), 1);
        Assert.Equal((4, 4), (frames, seen.Count));
        Assert.True(seconds[^1] > 2 && seconds[0] < 0.2);
        Assert.Equal(Quantizer.Reduce(last.Pixels, 255), seen[^1]);
        Assert.NotEqual(seen[0], seen[^1]);
    }

    [Fact]
    public void Most_pictures_show_the_beginning()
    {
        Assert.Equal([0, 1, 10, 100, 1000], RunAnimation.Episodes(1000, 5));
        Assert.Equal([0, 1, 2, 3, 5], RunAnimation.Episodes(5, 6));
        Assert.Equal([0, 1], RunAnimation.Episodes(1, 6));
        Assert.Equal([0], RunAnimation.Episodes(0, 48));
        Assert.Equal([0, 100], RunAnimation.Episodes(100, 2));
    }

    async Task<(List<Color[]> Pictures, List<double> Seconds)> DecodeAsync(byte[] gif)
    {
        // Any page will do on which the browser offers its decoder.
        await using var page = await browser.OpenAsync(new Uri(Repository.At("README.md")).AbsoluteUri, isCuttable: false);
        string json = await page.Page.EvaluateAsync<string>("""
            async base64 => {
              const data = Uint8Array.from(atob(base64), c => c.charCodeAt(0)), decoder = new ImageDecoder({ data, type: "image/gif" });
              await decoder.tracks.ready;
              await decoder.completed;
              const seen = [];
              for (let frameIndex = 0; frameIndex < decoder.tracks.selectedTrack.frameCount; frameIndex++) {
                const { image } = await decoder.decode({ frameIndex }), { displayWidth: width, displayHeight: height } = image;
                const context = new OffscreenCanvas(width, height).getContext("2d");
                context.drawImage(image, 0, 0);
                const { data: pixels } = context.getImageData(0, 0, width, height);
                seen.push({ seconds: image.duration / 1e6, pixels: btoa(Array.from(pixels, b => String.fromCharCode(b)).join("")) });
              }
              return JSON.stringify(seen);
            }
            """, Convert.ToBase64String(gif));
        var frames = JsonDocument.Parse(json).RootElement.EnumerateArray().ToList();
        return (frames.ConvertAll(frame =>
            frame.GetProperty("pixels").GetBytesFromBase64().Chunk(4).Select(p => new Color(p[0], p[1], p[2])).ToArray()),
            frames.ConvertAll(frame => frame.GetProperty("seconds").GetDouble()));
    }
}
