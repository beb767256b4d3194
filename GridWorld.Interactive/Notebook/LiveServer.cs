namespace GridWorld;

/// <summary>The server of this process's live views. It starts with the first one and needs no setting up on the own machine.</summary>
public static class LiveServer
{
    /// <summary>Says how it starts. To be called before the first run is shown.</summary>
    /// <param name="port">The port on 127.0.0.1. Default 0: what GRIDWORLD_PORT says, else a free one.</param>
    /// <param name="publicUrl">
    /// The page's address for browsers on other machines, with {{port}} for the port, where a proxy or a forwarded port leads to it. Default: what
    /// GRIDWORLD_PUBLIC_URL says, else what Codespaces, VS Code's proxy or JupyterHub say of themselves.
    /// </param>
    /// <exception cref="InputException">A value is out of range, or the server runs already.</exception>
    public static void Configure(int port = 0, string? publicUrl = null)
    {
        var options = new ServerOptions { Port = port, PublicUrl = publicUrl, StopWithParent = WidgetServer.DefaultOptions.StopWithParent };
        options.Validate();
        PublicAddress.Of(publicUrl, Environment.GetEnvironmentVariable);
        new Faults().Require(!WidgetServer.IsDefaultRunning, "The live server runs already. Await LiveServer.StopAsync() first; pages that are open then need the new address.").ThrowIfAny();
        WidgetServer.DefaultOptions = options;
    }

    /// <summary>Ends the server, if it runs. The next run that is shown starts another one, with other tokens.</summary>
    public static Task StopAsync() => LiveLink.StopAsync().AsTask();
}
