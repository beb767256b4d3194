namespace GridWorld;

/// <summary>Deletes a run file, unless a process trains the run.</summary>
internal static class StoredRunDeletion
{
    /// <exception cref="InputException">The run is training, or the file cannot be deleted.</exception>
    public static void Of(string path)
    {
        // A process that trains the run has the file open. A damaged file has no owner.
        RunStore? held = null;
        try
        {
            StoreFile.Check(path);
            held = RunStore.Take(path, TimeProvider.System);
        }
        catch (InputException) when (!MayBeTrained(path))
        {
        }

        RunFiles.Delete(path, held);
    }

    static bool MayBeTrained(string path)
    {
        if (HeldFiles.IsHeld(path))
            return true;
        try
        {
            using var connection = StoreFile.Read(path);
            return StoredOwner.IsTrained(connection, TimeProvider.System);
        }
        catch (Exception e) when (StoreFault.IsOurs(e) || e is InputException)
        {
            return StoreFault.MayPass(e);
        }
    }
}
