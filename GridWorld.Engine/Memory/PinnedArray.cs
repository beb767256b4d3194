using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>
/// An array at a fixed address, initially zero, that the hot loop reads and writes without a bounds check. The array lives as long as
/// a copy of this value.
/// </summary>
internal readonly unsafe struct PinnedArray<T> where T : unmanaged
{
    readonly T[] values;

    public PinnedArray(int length)
    {
        values = GC.AllocateArray<T>(length, pinned: true);
        HugePages.Advise(values);
        First = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(values));
    }

    public T* First { get; }

    public Span<T> Span => values;
}
