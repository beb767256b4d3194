using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace GridWorld.Tests;

/// <summary>
/// An SQLite VFS over the default one that asks a <see cref="FaultyDisk"/> before it reads and writes; files of folders that have none
/// pass through. Only C knows of such a thing, so these are its structs: a VFS, and a table of methods for each kind of file.
/// </summary>
internal static class FaultyVfs
{
    public const string Name = "gridworld-faulty";
    const int VfsSize = 168, NameAt = 24, OpenAt = 40, DeleteAt = 48;
    const int MethodsSize = 152, CloseAt = 8, ReadAt = 16, WriteAt = 24, TruncateAt = 32, SyncAt = 40;

    static readonly ConcurrentDictionary<nint, OpenFile> Files = new();
    static readonly Dictionary<nint, nint> Wrapped = [];
    static readonly ConcurrentDictionary<string, FaultyDisk> Disks = new();
    static readonly OpenCall Open = OnOpen;
    static readonly DeleteCall Delete = OnDelete;
    static readonly CloseCall Close = OnClose;
    static readonly ReadCall Read = OnRead;
    static readonly WriteCall Write = OnWrite;
    static readonly TruncateCall Truncate = OnTruncate;
    static readonly SyncCall Sync = OnSync;
    static readonly nint Original = Register();

    delegate int OpenCall(nint vfs, nint name, nint file, int flags, nint outFlags);

    delegate int DeleteCall(nint vfs, nint name, int syncFolder);

    delegate int CloseCall(nint file);

    delegate int ReadCall(nint file, nint data, int amount, long offset);

    delegate int WriteCall(nint file, nint data, int amount, long offset);

    delegate int TruncateCall(nint file, long size);

    delegate int SyncCall(nint file, int flags);

    /// <summary>From now on a folder lies on a disk.</summary>
    public static void Mount(string folder, FaultyDisk disk)
    {
        Assert.NotEqual(0, Original);
        Disks[folder] = disk;
        StoreFile.VfsOf = path => Disks.ContainsKey(Path.GetDirectoryName(path)!) ? Name : null;
        RunFiles.OpenToRead = path => new FaultyStream(path, Disks.GetValueOrDefault(Path.GetDirectoryName(path)!));
    }

    public static void Unmount(string folder) => Disks.TryRemove(folder, out _);

    static nint Register()
    {
        SQLitePCL.Batteries_V2.Init();
        nint original = sqlite3_vfs_find(0), vfs = Copy(original, VfsSize);
        Marshal.WriteIntPtr(vfs, NameAt, Marshal.StringToCoTaskMemUTF8(Name));
        Marshal.WriteIntPtr(vfs, OpenAt, Marshal.GetFunctionPointerForDelegate(Open));
        Marshal.WriteIntPtr(vfs, DeleteAt, Marshal.GetFunctionPointerForDelegate(Delete));
        Assert.Equal(0, sqlite3_vfs_register(vfs, 0));
        return original;
    }

    static int OnOpen(nint vfs, nint name, nint file, int flags, nint outFlags)
    {
        string path = Marshal.PtrToStringUTF8(name) ?? "";
        var disk = path.Length > 0 ? Disks.GetValueOrDefault(Path.GetDirectoryName(path)!) : null;
        if (disk?.Open() is int error and not 0)
        {
            // Nothing is open: it is not closed either.
            Marshal.WriteIntPtr(file, 0);
            return error;
        }

        int result = Call<OpenCall>(Original, OpenAt)(Original, name, file, flags, outFlags);
        nint methods = Marshal.ReadIntPtr(file);
        if (result != 0 || methods == 0 || disk is null)
            return result;
        Files[file] = new(disk, path, methods);
        disk.Opened(path);
        Marshal.WriteIntPtr(file, Wrap(methods));
        return 0;
    }

    static int OnDelete(nint vfs, nint name, int syncFolder)
    {
        string path = Marshal.PtrToStringUTF8(name)!;
        int result = Call<DeleteCall>(Original, DeleteAt)(Original, name, 0);
        if (result == 0 && Disks.TryGetValue(Path.GetDirectoryName(path)!, out var disk))
            disk.Deleted(path);
        return result;
    }

    static int OnClose(nint file)
    {
        Files.TryRemove(file, out var open);
        return Call<CloseCall>(open!.Methods, CloseAt)(file);
    }

    static int OnRead(nint file, nint data, int amount, long offset)
    {
        var open = Files[file];
        return open.Disk.Read() is var error and not 0 ? error : Call<ReadCall>(open.Methods, ReadAt)(file, data, amount, offset);
    }

    static int OnWrite(nint file, nint data, int amount, long offset)
    {
        var open = Files[file];
        byte[] bytes = new byte[amount];
        Marshal.Copy(data, bytes, 0, amount);
        int error = open.Disk.Write(open.Path, bytes, offset, out int written);
        int result = written == 0 ? 0 : Call<WriteCall>(open.Methods, WriteAt)(file, data, written, offset);
        return error != 0 ? error : result;
    }

    static int OnTruncate(nint file, long size)
    {
        var open = Files[file];
        return open.Disk.Truncate(open.Path, size) is var error and not 0
            ? error : Call<TruncateCall>(open.Methods, TruncateAt)(file, size);
    }

    // The disk keeps the books on what is safe: nothing waits for a real one.
    static int OnSync(nint file, int flags) => Files[file] is var open ? open.Disk.Sync(open.Path) : 0;

    // One table for each original one: that of a log differs from the main file's.
    static nint Wrap(nint methods)
    {
        lock (Wrapped)
        {
            if (Wrapped.TryGetValue(methods, out nint known))
                return known;
            nint table = Copy(methods, MethodsSize);
            Marshal.WriteIntPtr(table, CloseAt, Marshal.GetFunctionPointerForDelegate(Close));
            Marshal.WriteIntPtr(table, ReadAt, Marshal.GetFunctionPointerForDelegate(Read));
            Marshal.WriteIntPtr(table, WriteAt, Marshal.GetFunctionPointerForDelegate(Write));
            Marshal.WriteIntPtr(table, TruncateAt, Marshal.GetFunctionPointerForDelegate(Truncate));
            Marshal.WriteIntPtr(table, SyncAt, Marshal.GetFunctionPointerForDelegate(Sync));
            return Wrapped[methods] = table;
        }
    }

    static T Call<T>(nint table, int at) => Marshal.GetDelegateForFunctionPointer<T>(Marshal.ReadIntPtr(table, at));

    // Never freed: SQLite may use it until the process ends.
    static nint Copy(nint from, int size)
    {
        byte[] bytes = new byte[size];
        Marshal.Copy(from, bytes, 0, size);
        nint copy = Marshal.AllocHGlobal(size);
        Marshal.Copy(bytes, 0, copy, size);
        return copy;
    }

    [DllImport("e_sqlite3")]
    static extern nint sqlite3_vfs_find(nint name);

    [DllImport("e_sqlite3")]
    static extern int sqlite3_vfs_register(nint vfs, int makeDefault);

    // What looks at a file without SQLite meets the same disk.
    sealed class FaultyStream : FileStream
    {
        const int EIO = 5;
        readonly FaultyDisk? disk;

        public FaultyStream(string path, FaultyDisk? disk)
            : base(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
        {
            this.disk = disk;
            if (disk is not null && path.EndsWith(RunFiles.Extension, StringComparison.Ordinal))
                disk.Peeks++;
            if (disk?.Open() is int error and not 0)
            {
                Dispose();
                throw new IOException($"Input/output error ({error}) : '{path}'", EIO);
            }
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            disk?.Read() is int error and not 0
            ? throw new IOException($"Input/output error ({error}) : '{Name}'", EIO) : base.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer)
        {
            byte[] room = new byte[buffer.Length];
            int read = Read(room, 0, room.Length);
            room.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
    }

    sealed record OpenFile(FaultyDisk Disk, string Path, nint Methods);
}
