"""What the desktop would show: a notification service of the test's own on the session bus.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import threading

from gi.repository import Gio, GLib

from designer import wait_for

INTERFACE = """
<node>
  <interface name="org.freedesktop.Notifications">
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="GetServerInformation">
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
    </method>
    <method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
    <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  </interface>
</node>
"""

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


class Notifications:
    """Keeps what is shown, by number: (title, body, {label of a button: its key})."""

    def __init__(self):
        self.shown = {}
        self.ready = threading.Event()
        threading.Thread(target=self.serve, daemon=True).start()
        self.ready.wait()

    def serve(self):
        context = GLib.MainContext()
        context.push_thread_default()
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION, None)
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None, None)
        node = Gio.DBusNodeInfo.new_for_xml(INTERFACE)
        self.connection.register_object(PATH, node.interfaces[0], self.call, None, None)
        Gio.bus_own_name_on_connection(self.connection, NAME, Gio.BusNameOwnerFlags.NONE,
                                       lambda *args: self.ready.set(), None)
        GLib.MainLoop(context).run()

    def call(self, connection, sender, path, interface, method, parameters, invocation):
        if method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["actions", "body"],)))
        elif method == "GetServerInformation":
            invocation.return_value(GLib.Variant("(ssss)", ("test", "runnel", "1", "1.2")))
        elif method == "Notify":
            invocation.return_value(GLib.Variant("(u)", (self.show(*parameters.unpack()),)))
        else:
            invocation.return_value(None)

    def show(self, name, replaces, icon, title, body, actions, hints, timeout):
        number = replaces or len(self.shown) + 1
        self.shown[number] = (title, body, dict(zip(actions[1::2], actions[::2])))
        return number

    def wait(self, title):
        """The number of the notification with this title."""
        return wait_for(lambda: next((number for number, shown in self.shown.items() if shown[0] == title), None),
                        f"the notification “{title}”")

    def press(self, number, button):
        """Presses a button, as the desktop tells the application."""
        self.connection.emit_signal(None, PATH, NAME, "ActionInvoked",
                                    GLib.Variant("(us)", (number, self.shown[number][2][button])))
