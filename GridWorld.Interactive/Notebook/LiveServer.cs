namespace GridWorld;

/// <summary>
/// The server of this process's live views. It starts with the first live view and needs no configuration on your own machine.
/// </summary>
public static class LiveServer
{
    /// <summary>Configures the server. Call this method before you show the first run.</summary>
    /// <param name="port">The port on 127.0.0.1, 0 to 65535. Default: 0, the value of GRIDWORLD_PORT or a free port.</param>
    /// <param name="publicUrl">
    /// The address of the live view for browsers on other machines, if a proxy or a forwarded port leads to it, with {{port}} for the port.
    /// Default: the value of GRIDWORLD_PUBLIC_URL, or the address that Codespaces, VS Code's proxy or JupyterHub provide.
    /// </param>
    /// <exception cref="InputException">A value is out of range, or the server is already running.</exception>
    public static void Configure(int port = 0, string? publicUrl = null)
    {
        var options = new ServerOptions { Port = port, PublicUrl = publicUrl, StopWithParent = WidgetServer.DefaultOptions.StopWithParent };
        options.Validate();
        PublicAddress.Of(publicUrl, Environment.GetEnvironmentVariable);
        new Faults().Require(!WidgetServer.IsDefaultRunning, "The live server is already running. "
            + "Await LiveServer.StopAsync() first; open live views then need the new address.").ThrowIfAny();
        WidgetServer.DefaultOptions = options;
    }

    /// <summary>Stops the server if it is running. Showing another run starts a new server, with new tokens.</summary>
    public static Task StopAsync() => LiveLink.StopAsync().AsTask();
}
