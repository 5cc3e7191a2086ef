"""Land of the Netherlands and its neighbours: the ground of the map, and where made-up sites may stand."""
