using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>A column that grows in a temporary file, which is deleted when the column is disposed.</summary>
internal sealed class NumpySpool<T> : IDisposable where T : unmanaged
{
    readonly FileStream file = new(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16,
        FileOptions.DeleteOnClose);

    public long Count { get; private set; }

    public void Add(T value)
    {
        file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
        Count++;
    }

    public void CopyTo(Stream to)
    {
        file.Position = 0;
        file.CopyTo(to, 1 << 16);
    }

    public void Dispose() => file.Dispose();
}
