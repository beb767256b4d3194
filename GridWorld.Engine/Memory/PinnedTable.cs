using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GridWorld;

/// <summary>
/// A read-only table at a fixed address. The hot loop reads it with one load, no bounds check and no register for its start.
/// </summary>
internal readonly unsafe struct PinnedTable<T> where T : unmanaged
{
    readonly T[] values;
    readonly T* first;

    public PinnedTable(ReadOnlySpan<T> values)
    {
        this.values = GC.AllocateUninitializedArray<T>(values.Length, pinned: true);
        HugePages.Advise(this.values);
        values.CopyTo(this.values);
        first = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(this.values));
    }

    /// <summary>An entry. The index is not checked, because it comes from a checked table.</summary>
    public ref readonly T this[uint index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref first[index];
    }
}
