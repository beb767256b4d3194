using System.Text;

namespace GridWorld;

/// <summary>Saves pictures and animations of a run: learning curve, values and policy.</summary>
public static class Pictures
{
    /// <summary>Writes the picture of a run as PNG, with two pixels per CSS pixel.</summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="path">The file. An existing file is replaced.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void SavePng(this RunView run, string path) =>
        WholeFile.Write(path, PngImage.Write(RunPicture.DrawNamed(Guard.NotNull(run)), 2));

    /// <summary>Writes the picture of a run as SVG.</summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="path">The file. An existing file is replaced.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void SaveSvg(this RunView run, string path) =>
        WholeFile.Write(path, Encoding.UTF8.GetBytes(SvgImage.Write(RunPicture.DrawNamed(Guard.NotNull(run)))));

    /// <summary>
    /// Writes an animation of the run as GIF: its picture after more and more episodes, from none to the last one. The axes and the colors
    /// stay the same. The run is replayed for it, which takes at most as long as its training did.
    /// </summary>
    /// <param name="run">The run, in training or ended.</param>
    /// <param name="path">The file. An existing file is replaced.</param>
    /// <param name="frames">The most pictures, from 2 to 500. Default 48.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="InputException">The number of pictures is out of range, or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The operation was canceled.</exception>
    public static void SaveGif(this RunView run, string path, int frames = RunAnimation.Usual,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        new Faults().Require(frames is >= 2 and <= 500, $"The number of frames must be between 2 and 500 (got {frames}).").ThrowIfAny();
        WholeFile.Write(path, RunAnimation.Write(run, frames, cancellationToken).Gif);
    }
}
