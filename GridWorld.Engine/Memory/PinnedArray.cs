using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>An array of zeros at a fixed address, for the hot loop to read and write without a check; it lives as long as this does.</summary>
internal sealed unsafe class PinnedArray<T> where T : unmanaged
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
