using Microsoft.AspNetCore.Connections;

namespace GridWorld;

/// <summary>
/// The connections that are open. One that has shown a token has a place of its own; the others share a bounded number, and the oldest
/// of them makes room for the next: so those who hold connections open take no place of the owner's, whose request is over long before.
/// </summary>
internal sealed class Lobby(ServerLimits limits, TimeProvider time)
{
    readonly Lock gate = new();
    readonly LinkedList<Guest> strangers = [];
    int known;

    /// <summary>Serves a connection, from its beginning to its end.</summary>
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
            // It left, said nothing in time, or had to make room.
        }
        finally
        {
            Leave(guest);
        }
    }

    /// <summary>Whether the first byte arrives in time. It stays where it is.</summary>
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

    /// <summary>One connection.</summary>
    internal sealed class Guest
    {
        readonly Lobby lobby;

        public Guest(Lobby lobby, ConnectionContext connection) => (this.lobby, Connection, Place) = (lobby, connection, new(this));

        public ConnectionContext Connection { get; }

        public LinkedListNode<Guest> Place { get; }

        public bool IsKnown { get; set; }

        /// <summary>Gives a connection that has shown a token its place. False where all those are taken.</summary>
        public bool Admit() => lobby.Admit(this);
    }
}
