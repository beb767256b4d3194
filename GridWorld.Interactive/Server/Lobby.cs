using Microsoft.AspNetCore.Connections;

namespace GridWorld;

/// <summary>
/// The open connections. A connection that has shown a token has its own place. The others share a limited number of places, and the oldest
/// makes room for the next. So idle connections never block the owner, whose request shows a token long before it becomes the oldest.
/// </summary>
internal sealed class Lobby(ServerLimits limits, TimeProvider time)
{
    readonly Lock gate = new();
    readonly LinkedList<Guest> strangers = [];
    int known;

    /// <summary>Serves a connection from start to end.</summary>
    public async Task ReceiveAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var guest = new Guest(this, connection);
        connection.Features.Set(guest);
        Enter(guest);
        try
        {
            if (await SpeaksAsync(connection))
                await next(connection);
        }
        catch (Exception e) when (e is ConnectionAbortedException or ConnectionResetException or OperationCanceledException)
        {
            // The client left, sent nothing in time, or had to make room.
        }
        finally
        {
            Leave(guest);
        }
    }

    /// <summary>Waits for the first byte without consuming it. Returns whether it arrives in time.</summary>
    async Task<bool> SpeaksAsync(ConnectionContext connection)
    {
        using var late = new CancellationTokenSource(limits.HeaderTimeout, time);
        var read = await connection.Transport.Input.ReadAsync(late.Token);
        connection.Transport.Input.AdvanceTo(read.Buffer.Start);
        return !read.Buffer.IsEmpty;
    }

    void Enter(Guest guest)
    {
        Guest? oldest = null;
        lock (gate)
        {
            strangers.AddLast(guest.Place);
            if (strangers.Count > limits.Strangers)
            {
                oldest = strangers.First!.Value;
                strangers.RemoveFirst();
            }
        }

        oldest?.Connection.Abort();
    }

    bool Admit(Guest guest)
    {
        lock (gate)
        {
            if (guest.IsKnown)
                return true;
            if (known >= limits.Connections)
                return false;
            guest.Place.List?.Remove(guest.Place);
            known++;
            return guest.IsKnown = true;
        }
    }

    void Leave(Guest guest)
    {
        lock (gate)
        {
            guest.Place.List?.Remove(guest.Place);
            if (guest.IsKnown)
                known--;
        }
    }

    /// <summary>An open connection.</summary>
    internal sealed class Guest
    {
        readonly Lobby lobby;

        public Guest(Lobby lobby, ConnectionContext connection) => (this.lobby, Connection, Place) = (lobby, connection, new(this));

        public ConnectionContext Connection { get; }

        public LinkedListNode<Guest> Place { get; }

        public bool IsKnown { get; set; }

        /// <summary>Gives a connection that has shown a token its own place. Returns false if all places are taken.</summary>
        public bool Admit() => lobby.Admit(this);
    }
}
